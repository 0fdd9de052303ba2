package dev.muster.launcher.run.connections;

import dev.muster.bus.Command;
import dev.muster.launcher.catalogue.ConnectionsMetric;
import dev.muster.launcher.run.Bus;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Load;
import dev.muster.launcher.run.Observations;
import dev.muster.launcher.run.Progress;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.connections.ConnectionsOptions.Protocol;
import dev.muster.measure.Rule;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Engines that connect over the ramp, and are held for the duration. */
final class ConnectionsLoad implements Load {
    private static final String ROLE = "engine";
    private static final String IN_FLIGHT = "engine.heartbeats.in_flight";
    private static final long LAST_ANSWERS_SECONDS = 5;

    /** With fewer, what else the process does with its memory is more than what they need. */
    private static final int ENOUGH_FOR_MEMORY = 1_000;

    private static final Set<Rule> RULES = EnumSet.complementOf(EnumSet.of(Rule.NOT_DURABLE));

    private final Run run;
    private final Bus bus;
    private final @Nullable HeapMeter memory;
    private final ConnectionsOptions options;
    private volatile @Nullable Instant ended;

    /** @param memory of the broker's process; null when that is another one, whose numbers nobody has */
    ConnectionsLoad(Run run, Bus bus, @Nullable HeapMeter memory) {
        this.run = run;
        this.bus = bus;
        this.memory = memory;
        this.options = run.options(ConnectionsOptions.class);
    }

    @Override
    public String named(String metric) {
        return resultName(metric);
    }

    /** What the result calls a metric of broker or engines. */
    static String resultName(String metric) {
        return switch (metric) {
            case "engine.handshake.latency" -> ConnectionsMetric.HANDSHAKE_LATENCY.id();
            case "engine.heartbeat.round_trip" -> ConnectionsMetric.ROUND_TRIP.id();
            case "broker.heartbeat.lateness" -> ConnectionsMetric.LATENESS.id();
            case "broker.heartbeat.engine_lateness" -> ConnectionsMetric.ENGINE_LATENESS.id();
            default -> metric;
        };
    }

    @Override
    public void begin() {
        bus.command(ROLE, Command.Action.START);
    }

    @Override
    public Duration limit() {
        return options.ramp().plus(options.duration());
    }

    /** It has no end but that of its time. */
    @Override
    public boolean isComplete(RunHealth counts) {
        return false;
    }

    @Override
    public String progress(RunHealth counts, RunHealth recorded, Duration time) {
        var roundTrip = recorded.during("engine.heartbeat.round_trip");
        return String.format(
                Locale.ROOT,
                "connections %s %,d of %,d held, %,d lost, %,d heartbeats, round trip p99 %s, %.1f s",
                Progress.bar((double) time.toMillis() / limit().toMillis()),
                held(counts),
                options.engines(),
                counts.count("engine.connections.lost"),
                counts.count("engine.heartbeats.sent"),
                roundTrip.text(roundTrip.p99()),
                time.toMillis() / 1e3);
    }

    /** No heartbeat is sent any more, and those under way are answered. */
    @Override
    public void end() {
        bus.command(ROLE, Command.Action.STOP);
        ended = Instant.now();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_ANSWERS_SECONDS);
        while (bus.settled().gauges().getOrDefault(IN_FLIGHT, 0.0) > 0 && System.nanoTime() - deadline < 0) {
            run.progress().now("waiting for the answers to the last heartbeats");
        }
    }

    @Override
    public Findings soFar(Instant start, RunHealth recorded) {
        return findings(start, Instant.now(), recorded, null, 0);
    }

    @Override
    public Findings found(Instant start, RunHealth observed) {
        // An interrupted run has not begun all that it was to begin: the word says that, not the verdict.
        long unsent = run.interrupted() ? 0 : unsent(options.engines(), observed);
        long held = held(observed);
        var heap = memory != null && held >= ENOUGH_FOR_MEMORY ? (Long) (memory.grown() / held) : null;
        var end = ended;
        return findings(start, end == null ? Instant.now() : end, observed, heap, unsent);
    }

    /** Engines that never tried to connect; those that tried more than once do not make up for them. */
    static long unsent(int engines, RunHealth observed) {
        return engines - observed.count("engine.begun");
    }

    /** Connections of registered engines now. */
    private static long held(RunHealth observed) {
        return observed.count("engine.registered")
                - observed.count("engine.connections.lost")
                - observed.count("engine.left");
    }

    private Findings findings(Instant start, Instant end, RunHealth observed, @Nullable Long heap, long unsent) {
        double seconds = Duration.between(start, end).toMillis() / 1e3;
        var heartbeats = memory != null
                ? Heartbeats.ofBoth(observed)
                : Heartbeats.ofEngines(observed, options.protocol() == Protocol.V2);
        var metrics = new Observations()
                .count(ConnectionsMetric.ENGINES, options.engines())
                .count(ConnectionsMetric.HELD, held(observed))
                .count(ConnectionsMetric.LOST, observed.count("engine.connections.lost"))
                .count(ConnectionsMetric.RESUMED, observed.count("engine.resumed"))
                .count(
                        ConnectionsMetric.FAILED,
                        observed.count("engine.unreached") + observed.count("engine.unanswered"))
                .value(ConnectionsMetric.DURATION, seconds);
        if (heap == null) {
            metrics.absent(ConnectionsMetric.MEMORY);
        } else {
            metrics.count(ConnectionsMetric.MEMORY, heap);
        }
        heartbeats.write(metrics);
        metrics.samples(ConnectionsMetric.HANDSHAKE_LATENCY, observed.samples("engine.handshake.latency"))
                .samples(ConnectionsMetric.ROUND_TRIP, observed.samples("engine.heartbeat.round_trip"))
                .samples(ConnectionsMetric.LATENESS, observed.samples("broker.heartbeat.lateness"))
                .samples(ConnectionsMetric.ENGINE_LATENESS, observed.samples("broker.heartbeat.engine_lateness"))
                .health(observed);
        boolean complete = held(observed) == options.engines() && heartbeats.balanced();
        return new Findings(start, seconds, complete, metrics, verdict(observed, unsent));
    }

    private static Verdict verdict(RunHealth observed, long unsent) {
        var claimed = observed.during("engine.handshake.latency");
        return Verdict.of(RULES, observed.evidence(claimed, unsent, true));
    }
}
