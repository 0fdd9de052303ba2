package dev.muster.launcher.run.boot;

import dev.muster.bus.Addresses;
import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import dev.muster.kube.PodWatch;
import dev.muster.launcher.catalogue.BootMetric;
import dev.muster.launcher.catalogue.PodMetric;
import dev.muster.launcher.run.Deployed;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Load;
import dev.muster.launcher.run.Observations;
import dev.muster.launcher.run.Progress;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import dev.muster.measure.ClockOffset;
import dev.muster.measure.EpochClock;
import dev.muster.measure.Evidence;
import dev.muster.measure.Rule;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;

/**
 * The boot of minions that are pods: from the scaling of their Deployment until every one of them is in the master's table
 * and the API says that it is ready. What happens to a registration on the minion's side is not known.
 */
final class BootPods implements Load {
    static final String MINION = "minion";

    private static final long NANOS_PER_MICRO = 1_000;

    /** No generator works here: the cluster starts the pods. */
    private static final EnumSet<Rule> RULES = EnumSet.complementOf(EnumSet.of(Rule.GENERATOR_LATE, Rule.WORK_UNSENT));

    private final Run run;
    private final Deployed deployed;
    private final int minions;
    private final PodWatch watch;
    private final ClockOffset.Estimate master;
    private long since;
    private volatile long registered;
    private volatile int ready;

    /**
     * @param watch of the minions' pods
     * @param master its clock against this machine's
     */
    BootPods(Run run, Deployed deployed, PodWatch watch, ClockOffset.Estimate master) {
        this.watch = watch;
        this.run = run;
        this.deployed = deployed;
        this.minions = run.options(BootOptions.class).minions();
        this.master = master;
    }

    /** What was in the table before belongs to others: by the master's clock, since it tells when a minion came. */
    @Override
    public void begin() {
        since = (EpochClock.system().nanos() + master.offsetNanos()) / NANOS_PER_MICRO;
        deployed.scale(MINION, minions);
    }

    /** A second more for each pod: a cluster starts a few in a second. */
    @Override
    public Duration limit() {
        return run.options(RunOptions.class).timeout().plusSeconds(minions);
    }

    @Override
    public boolean isComplete(RunHealth counts) {
        registered = stats().registered();
        ready = deployed.workload(MINION).ready();
        return registered >= minions && ready >= minions;
    }

    private MinionStats stats() {
        var question = new MinionStatsQuery(null, since, null, null, false);
        return deployed.bus().ask(Addresses.MINION_STATS, question, MinionStats.class);
    }

    /** The API's curve beside that of the registered. */
    @Override
    public Map<String, Double> seen() {
        return watch.gauges();
    }

    @Override
    public String progress(RunHealth counts, RunHealth recorded, Duration time) {
        return String.format(
                Locale.ROOT,
                "boot %s %,d of %,d registered, %,d ready by the API, %.1f s",
                Progress.bar((double) registered / minions),
                registered,
                minions,
                ready,
                time.toMillis() / 1e3);
    }

    /** The pods stay until all is read; the Deployment is scaled back with the end of the run. */
    @Override
    public void end() {}

    @Override
    public Findings soFar(Instant start, RunHealth recorded) {
        var metrics = new Observations()
                .count(BootMetric.MINIONS, minions)
                .count(BootMetric.REGISTERED, registered)
                .count(BootMetric.REJECTED, recorded.count("master.rejected"))
                .absent(BootMetric.UNSENT)
                .absent(BootMetric.LOST)
                .absent(BootMetric.REREGISTERED)
                .absent(BootMetric.RETRIED)
                .absent(BootMetric.DURATION)
                .absent(BootMetric.OVERALL)
                .absent(BootMetric.RATE);
        return new Findings(
                start,
                Duration.between(start, Instant.now()).toMillis() / 1e3,
                false,
                BootLoad.distributions(metrics, recorded, recorded.samples("master.boot.latency"), PodTimes.none()),
                verdict(recorded, true, PodTimes.none()));
    }

    @Override
    public Findings found(Instant start, RunHealth observed) throws IOException {
        var stats = stats();
        long begun = Math.max(deployed.running(MINION), stats.registered());
        var table = MinionsFile.writeSince(run.folder().file("minions.csv"), deployed.bus(), since);
        var pods = PodTimes.join(watch, table.pods(), master);
        pods.write(run.folder());
        long rejected = observed.count("master.rejected");
        long unsent = Math.max(0, minions - begun);
        var metrics = new Observations()
                .count(BootMetric.MINIONS, minions)
                .count(BootMetric.REGISTERED, stats.registered())
                .count(BootMetric.REJECTED, rejected)
                .count(BootMetric.UNSENT, unsent)
                .count(BootMetric.LOST, minions - unsent - stats.registered() - rejected)
                .count(BootMetric.REREGISTERED, stats.reregistered())
                .absent(BootMetric.RETRIED)
                .value(BootMetric.DURATION, table.seconds())
                .value(BootMetric.OVERALL, stats.overallSeconds());
        BootLoad.rate(metrics, stats);
        return new Findings(
                start,
                Duration.between(start, Instant.now()).toMillis() / 1e3,
                stats.registered() == minions,
                BootLoad.distributions(metrics, observed, table.latency(), pods),
                verdict(observed, stats.durable(), pods));
    }

    private static Verdict verdict(RunHealth observed, boolean durable, PodTimes pods) {
        var evidence = observed.evidence(observed.during("master.boot.latency"), 0, durable);
        return Verdict.of(
                RULES,
                evidence.and(new Evidence.BetweenClocks(
                        PodMetric.LATENESS.id(), pods.distance().summary(), pods.clockErrorNanos())));
    }
}
