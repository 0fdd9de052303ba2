package dev.muster.launcher.run;

import dev.muster.bus.Stats;
import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.faults.PlannedFaults;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.push.Push;
import dev.muster.launcher.push.Source;
import dev.muster.launcher.record.Recording;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.launcher.roles.HostedRoles;
import dev.muster.launcher.roles.Role;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One repetition as an experiment sees it: its options, its folder, its progress, and whether it is to end early. */
public final class Run {
    private static final String ROLE = "--role=";

    private final Plan plan;
    private final Found earlier;
    private final ResultFolder whole;
    private final ResultFolder folder;
    private final Progress progress;
    private final Interruption interruption;
    private final Linger linger;
    private final Spectator spectator;

    /**
     * @param earlier what the repetitions before this one found
     * @param whole where the result goes
     * @param folder where the files of this repetition go
     * @param linger takes the roles over when they are closed, where they are to stay
     * @param spectator is shown each second
     */
    Run(
            Plan plan,
            Found earlier,
            ResultFolder whole,
            ResultFolder folder,
            Progress progress,
            Interruption interruption,
            Linger linger,
            Spectator spectator) {
        this.plan = plan;
        this.earlier = earlier;
        this.whole = whole;
        this.folder = folder;
        this.progress = progress;
        this.interruption = interruption;
        this.linger = linger;
        this.spectator = spectator;
    }

    /** The values of one of its option interfaces. */
    public <T> T options(Class<T> type) {
        return plan.options().of(type);
    }

    /**
     * Where the files of this repetition go: the run's own folder, or one within it when there are several repetitions.
     * {@link ResultFolder#run} is the same for all of them.
     */
    public ResultFolder folder() {
        return folder;
    }

    /** Where it shows how it goes on. */
    public Progress progress() {
        return progress;
    }

    /** Whether it is to end now and keep what it has. */
    public boolean interrupted() {
        return interruption.isRequested();
    }

    /** Waits so long, or until the run is interrupted. */
    public void pause(Duration time) {
        interruption.pause(time);
        if (interruption.isRequested()) {
            progress.close();
        }
    }

    /** What lets into admin paths, as every role's own option has it; null when it is not set. */
    public @Nullable String adminToken() {
        return environment().get("MUSTER_ADMIN_TOKEN");
    }

    /** All variables of this process. */
    public Map<String, String> environment() {
        return plan.invocation().environment();
    }

    /**
     * Starts roles in this process with these options; how much is logged and where data go is the user's choice, and so
     * is whether what they measure is pushed, and whether they outlive the repetition.
     */
    public Processes start(List<String> arguments) {
        return host(withFaults(arguments));
    }

    /**
     * Starts the role that does the run's faults alone, where the load's roles are elsewhere; empty when there are none
     * to do.
     */
    Optional<Processes> startFaults() {
        return plan.faults().map(faults -> {
            var all = new ArrayList<>(faults.arguments());
            all.add(ROLE + Role.FAULTS.word());
            all.add("--management-port=0");
            return host(all);
        });
    }

    private Processes host(List<String> arguments) {
        linger.release(); // of the repetition before
        Options options = plan.options();
        var common = List.of("--verbosity=" + options.of(GeneralOptions.class).verbosity());
        var all = new ArrayList<>(arguments);
        all.addAll(common);
        plan.given().text("--data-dir").ifPresent(data -> all.add("--data-dir=" + data));
        all.add("--keep-data=" + options.of(GeneralOptions.class).keepData());
        var environment = environment();
        var roles = HostedRoles.start(all, environment);
        var targets = plan.run().push();
        if (targets != null) {
            var source = new Source(folder.run(), plan.experiment().name(), roles.instance());
            var push = Push.start(targets, source, roles.metrics()::snapshots, progress::event);
            roles.closeFirst("push", push::close);
        }
        if (linger.isWanted()) {
            roles.keepFor(linger::hold);
        }
        var launching = new Processes.Launching(
                common,
                pushing(environment),
                plan.faults().isPresent(),
                folder.path(),
                interruption::isRequested,
                progress::event);
        return new Processes(roles, launching);
    }

    /** What is broken during the load; empty for nothing. */
    public Optional<PlannedFaults> faults() {
        return plan.faults();
    }

    /** The role that does the faults is in the run's own process, whatever the experiment. */
    private List<String> withFaults(List<String> arguments) {
        return plan.faults()
                .map(faults -> Stream.concat(
                                arguments.stream()
                                        .map(each -> each.startsWith(ROLE) ? each + "," + Role.FAULTS.word() : each),
                                faults.arguments().stream())
                        .toList())
                .orElse(arguments);
    }

    /** Each process pushes what it measures itself. In variables, because others can read a command line. */
    private Map<String, String> pushing(Map<String, String> environment) {
        var targets = plan.given().texts("--push");
        if (targets.isEmpty()) {
            return environment;
        }
        var all = new HashMap<>(environment);
        all.put("MUSTER_PUSH", String.join(",", targets));
        all.put("MUSTER_PUSH_RUN", folder.run());
        all.put("MUSTER_PUSH_EXPERIMENT", plan.experiment().name());
        return all;
    }

    /** The same, with a collector, on a bus that other processes can join: {@link Processes#start} starts them. */
    public Processes startTogether(List<String> arguments) {
        var all = new ArrayList<>(arguments);
        all.addAll(Processes.sharing("127.0.0.1:0"));
        return start(all);
    }

    /**
     * Carries a load out, and records it.
     *
     * @param stage on which it is
     * @param before the collector's answer before the load: what came before it is not in the findings
     * @throws IOException when a file of the result can't be written
     */
    public Findings measure(Stage stage, Stats before, Load load) throws IOException {
        return new Watch(this, stage, before, load).findings();
    }

    /**
     * Records from now on what the collector hears, and keeps {@code summary.json} a second behind.
     *
     * @param collector asks it
     * @param before its answer before the load
     * @param names what the result calls the collector's metrics
     * @param soFar what is known of the findings while the load goes on
     */
    Recording record(
            Supplier<Stats> collector, Stats before, UnaryOperator<String> names, Function<RunHealth, Findings> soFar)
            throws IOException {
        return Recording.start(folder.path(), before, collector, names, new Recording.Listener() {
            @Override
            public void recorded(RunHealth observed) throws IOException {
                keep(soFar.apply(observed));
            }

            @Override
            public void second(RunHealth observed, Stats.Point news) throws IOException {
                spectator.second(keep(soFar.apply(observed)), observed, news);
            }
        });
    }

    /** What is known so far is on disk from now on, whatever comes. */
    private Result keep(Findings findings) throws IOException {
        var result = earlier.with(findings).result(Result.State.RUNNING);
        whole.write(result);
        return result;
    }
}
