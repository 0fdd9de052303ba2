package dev.muster.bus;

/** Every address of the event bus. The message type that each carries stands beside it. */
public final class Addresses {
    /** {@link Registrations}; replies {@link Registered} after the commit of the last one. */
    public static final String REGISTER = "muster.minions.register";

    /** {@link MinionStatsQuery}; replies {@link MinionStats}. */
    public static final String MINION_STATS = "muster.minions.stats";

    /** {@link MinionPageQuery}; replies {@link MinionPage}. */
    public static final String MINION_PAGE = "muster.minions.page";

    /** {@link Cleanup} (admin); replies {@link Cleaned}. */
    public static final String CLEANUP = "muster.minions.cleanup";

    /** {@link CreateTask} (admin); replies {@link TaskCreated}. */
    public static final String CREATE_TASK = "muster.tasks.create";

    /** {@link NextTask}; replies {@link TaskOffer}. */
    public static final String NEXT_TASK = "muster.tasks.next";

    /** {@link TaskReport}; replies {@link Stored} after the commit. */
    public static final String REPORT_TASK = "muster.tasks.report";

    /** {@link Snapshot}, published once a second by every process. */
    public static final String SNAPSHOT = "muster.snapshot";

    /** {@link StatsQuery}; replies {@link Stats}. */
    public static final String STATS = "muster.stats";

    /** {@link Appends}; replies {@link Appended} after the last commit. Within a process alone, as all of the store's. */
    public static final String STORE_APPEND = "muster.store.append";

    /** {@link DeleteStream}; replies {@link Appended} after the commit. */
    public static final String STORE_DELETE = "muster.store.delete";

    /** {@link ReadEvent}; replies {@link StreamPage}. */
    public static final String STORE_EVENT = "muster.store.event";

    /** {@link ReadPage}; replies {@link StreamPage}. */
    public static final String STORE_PAGE = "muster.store.page";

    /** {@link BrokerHello}, published once a second by every broker that is not alone. */
    public static final String BROKERS = "muster.brokers";

    /** {@link BlocksLoad} (admin), to one client; replies {@link BlocksLoadDone} at its end. */
    public static final String BLOCKS_LOAD = "muster.blocks.load";

    /** {@link ExperimentsQuery}; replies {@link KnownExperiments}. */
    public static final String EXPERIMENTS = "muster.runs.experiments";

    /** {@link StartRun} (admin); replies {@link RunAnswer}. */
    public static final String START_RUN = "muster.runs.start";

    /** {@link StopRun} (admin); replies {@link RunAnswer}. */
    public static final String STOP_RUN = "muster.runs.stop";

    /** {@link RunNews}, published once a second by whoever carries out a run. */
    public static final String RUN_NEWS = "muster.runs.news";

    /** {@link RunsQuery}; replies {@link KnownRuns}. */
    public static final String RUNS = "muster.runs.known";

    /** {@link ResultQuery}; replies {@link ResultText}. */
    public static final String RESULT = "muster.runs.result";

    /** {@link FaultPlan} (admin), to the role {@code faults}; replies {@link Stored} when the time of the plan begins. */
    public static final String FAULT_PLAN = "muster.faults.plan";

    /** {@link FaultNews}, published by the role {@code faults}. */
    public static final String FAULT_NEWS = "muster.faults.news";

    /** {@link FaultImpactQuery}, to the users of an experiment; replies {@link FaultImpacts} after the load. */
    public static final String FAULT_IMPACT = "muster.faults.impact";

    /** {@link StopProcess} (admin), to the run; replies {@link Stored}. */
    public static final String STOP_PROCESS = "muster.run.stop_process";

    private Addresses() {}

    /**
     * Where one process with the role {@code stress} takes {@link StressOrder}s (admin); replies {@link StressAccepted}.
     *
     * @param instance the process, as its {@link Snapshot}s name it
     */
    public static String stress(String instance) {
        return "muster.stress." + instance;
    }

    /**
     * The address on which every instance of a role hears {@link Command}s (admin).
     *
     * @param role the role's name as on the command line
     */
    public static String command(String role) {
        return "muster.command." + role;
    }

    /** Where one instance of a role takes commands, of those roles that are told one by one. */
    public static String command(String role, String instance) {
        return command(role) + "." + instance;
    }

    /**
     * The address of one broker: {@link EngineClaims}; replies {@link EngineVerdicts}.
     *
     * @param name as it greets
     */
    public static String broker(String name) {
        return BROKERS + "." + name;
    }

    /**
     * The address of one process: {@link EndpointsQuery}; replies {@link EndpointList}.
     *
     * @param instance the process, as its snapshots name it
     */
    public static String endpoints(String instance) {
        return "muster.endpoints." + instance;
    }
}
