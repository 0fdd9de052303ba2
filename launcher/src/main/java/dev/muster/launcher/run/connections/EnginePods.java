package dev.muster.launcher.run.connections;

import dev.muster.launcher.catalogue.ConnectionsMetric;
import dev.muster.launcher.run.Deployed;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Load;
import dev.muster.launcher.run.Observations;
import dev.muster.launcher.run.Progress;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import dev.muster.measure.Rule;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;

/**
 * Engines that are pods: from the scaling of their Deployment until the broker has all of them, and held from then on. The
 * broker alone tells; what engines have sent is not known, unless they are virtual ones in Java.
 */
final class EnginePods implements Load {
    static final String ENGINE = "engine";

    private static final String HELD = "broker.engines";

    /** No generator works here: the cluster starts the pods. */
    private static final EnumSet<Rule> RULES =
            EnumSet.complementOf(EnumSet.of(Rule.GENERATOR_LATE, Rule.WORK_UNSENT, Rule.NOT_DURABLE));

    private final Run run;
    private final Deployed deployed;
    private final ConnectionsOptions options;
    private volatile long heldNanos;
    private volatile long held;

    EnginePods(Run run, Deployed deployed) {
        this.run = run;
        this.deployed = deployed;
        this.options = run.options(ConnectionsOptions.class);
    }

    @Override
    public String named(String metric) {
        return ConnectionsLoad.resultName(metric);
    }

    @Override
    public void begin() {
        deployed.scale(ENGINE, options.engines());
    }

    /** A second for each pod: a cluster starts a few in a second. */
    @Override
    public Duration limit() {
        return run.options(RunOptions.class)
                .timeout()
                .plusSeconds(options.engines())
                .plus(options.duration());
    }

    @Override
    public boolean isComplete(RunHealth counts) {
        held = deployed.bus().stats().gauges().getOrDefault(HELD, 0.0).longValue();
        long now = System.nanoTime();
        if (heldNanos == 0 && held >= options.engines()) {
            heldNanos = now;
        }
        return heldNanos != 0 && now - heldNanos >= options.duration().toNanos();
    }

    @Override
    public String progress(RunHealth counts, RunHealth recorded, Duration time) {
        var lateness = recorded.during("broker.heartbeat.lateness");
        return String.format(
                Locale.ROOT,
                "connections %s %,d of %,d held, %,d lost, %,d heartbeats, lateness p99 %s, %.1f s",
                Progress.bar((double) held / options.engines()),
                held,
                options.engines(),
                counts.count("broker.connections_lost"),
                counts.count("broker.heartbeats"),
                lateness.text(lateness.p99()),
                time.toMillis() / 1e3);
    }

    /** The engines stay until all is read; the Deployment is scaled back with the end of the run. */
    @Override
    public void end() {}

    @Override
    public Findings soFar(Instant start, RunHealth recorded) {
        return found(start, recorded);
    }

    @Override
    public Findings found(Instant start, RunHealth observed) {
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
        var all = new Observations()
                .count(ConnectionsMetric.ENGINES, options.engines())
                .count(ConnectionsMetric.HELD, held)
                .count(ConnectionsMetric.LOST, observed.count("broker.connections_lost"))
                .count(ConnectionsMetric.RESUMED, observed.count("broker.resumed"))
                .value(ConnectionsMetric.DURATION, seconds)
                .absent(ConnectionsMetric.FAILED)
                .absent(ConnectionsMetric.MEMORY);
        Heartbeats.ofBroker(observed).write(all);
        all.samples(ConnectionsMetric.HANDSHAKE_LATENCY, observed.samples("engine.handshake.latency"))
                .samples(ConnectionsMetric.ROUND_TRIP, observed.samples("engine.heartbeat.round_trip"))
                .samples(ConnectionsMetric.LATENESS, observed.samples("broker.heartbeat.lateness"))
                .samples(ConnectionsMetric.ENGINE_LATENESS, observed.samples("broker.heartbeat.engine_lateness"))
                .health(observed);
        var claimed = observed.during("broker.heartbeat.lateness");
        return new Findings(
                start,
                seconds,
                heldNanos != 0 && held == options.engines(),
                all,
                Verdict.of(RULES, observed.evidence(claimed, 0, true)));
    }
}
