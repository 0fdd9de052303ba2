package dev.muster.launcher.run.streams;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.FaultImpactQuery;
import dev.muster.bus.FaultImpacts;
import dev.muster.bus.FaultImpacts.Impact;
import dev.muster.launcher.catalogue.ResultMetric;
import dev.muster.launcher.catalogue.StreamsMetric;
import dev.muster.launcher.run.Bus;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The users' work, until their time is over and all that was acknowledged has been read back. */
final class StreamsLoad implements Load {
    /** Users that wait for each other's answers use all the CPU there is: that is not held against the run. */
    private static final Set<Rule> CLOSED =
            EnumSet.complementOf(EnumSet.of(Rule.GENERATOR_LATE, Rule.CPU_SATURATED, Rule.CLOCK_UNCERTAIN));

    private static final Set<Rule> OPEN = EnumSet.complementOf(EnumSet.of(Rule.CLOCK_UNCERTAIN));

    private final Run run;
    private final Bus bus;
    private final StreamsOptions options;
    private final ProcessUse store;
    private List<Impact> impacts = List.of();

    /**
     * @param store what the store's processes use, where they are the run's own
     */
    StreamsLoad(Run run, Bus bus, ProcessUse store) {
        this.run = run;
        this.bus = bus;
        this.store = store;
        this.options = run.options(StreamsOptions.class);
    }

    /** The users work already. */
    @Override
    public void begin() {
        store.begin();
    }

    @Override
    public Duration limit() {
        return options.duration().plus(run.options(RunOptions.class).timeout());
    }

    @Override
    public boolean isComplete(RunHealth counts) {
        return counts.count("streams.done") > 0;
    }

    @Override
    public String progress(RunHealth counts, RunHealth recorded, Duration time) {
        var latency = recorded.during(claimed());
        double share = (double) time.toMillis() / options.duration().toMillis();
        return String.format(
                Locale.ROOT,
                "streams %s %,d iterations, %,.0f requests/s, %,d failed, p99 %s, %.1f s",
                Progress.bar(Math.min(1, share)),
                counts.count("streams.iterations"),
                rate(counts, "streams.http_reqs"),
                counts.count("streams.checks.failed"),
                latency.text(latency.p99()),
                time.toMillis() / 1e3);
    }

    /** The latency that the run claims. */
    private String claimed() {
        return options.rate() > 0 ? StreamsMetric.LATENCY.id() : StreamsMetric.REQUEST_DURATION.id();
    }

    @Override
    public void end() {
        store.end();
        bus.command("streams", Command.Action.STOP);
    }

    @Override
    public Findings soFar(Instant start, RunHealth observed) {
        return findings(start, observed, false);
    }

    @Override
    public Findings found(Instant start, RunHealth observed) {
        boolean over = isComplete(observed);
        if (over && run.faults().isPresent()) {
            impacts = bus.ask(Addresses.FAULT_IMPACT, FaultImpactQuery.INSTANCE, FaultImpacts.class)
                    .faults();
        }
        return findings(start, observed, over);
    }

    @Override
    public List<Impact> impacts() {
        return impacts;
    }

    private Findings findings(Instant start, RunHealth observed, boolean over) {
        boolean whole = over
                && observed.count("streams.iterations") > 0
                && observed.count("streams.checks.failed") == failedByFaults()
                && impacts.stream().allMatch(StreamsLoad::isOver)
                && observed.count("streams.events.lost") == 0
                && observed.count("streams.events.duplicated") == 0;
        long unsent = run.interrupted() ? 0 : observed.count("streams.unsent") + observed.count("streams.interrupted");
        var evidence = observed.evidence(observed.during(claimed()), unsent, true);
        return new Findings(
                start,
                seconds(observed),
                whole,
                observations(observed),
                Verdict.of(options.rate() > 0 ? OPEN : CLOSED, evidence));
    }

    /** What fails from a fault on is what the run is to measure, and not held against it. */
    private long failedByFaults() {
        return impacts.stream().mapToLong(Impact::failedChecks).sum();
    }

    private static boolean isOver(Impact impact) {
        return impact.outageOver() && impact.usersOut() == 0 && impact.recoveryNanos() != null;
    }

    private static double seconds(RunHealth observed) {
        return observed.count("streams.load_time") / 1e6;
    }

    private static double rate(RunHealth observed, String counter) {
        double seconds = seconds(observed);
        return seconds > 0 ? observed.count(counter) / seconds : 0;
    }

    private Observations observations(RunHealth observed) {
        long requests = observed.count("streams.http_reqs");
        long failed = observed.count("streams.checks.failed");
        long passed = observed.count("streams.checks.passed");
        var all = new Observations();
        share(all, StreamsMetric.CHECKS, passed, passed + failed);
        counts(all, observed, StreamsMetric.CHECKS_PASSED, StreamsMetric.CHECKS_FAILED);
        check(all, observed, StreamsMetric.IS_STATUS_201, StreamsMetric.IS_STATUS_201_FAILED);
        check(all, observed, StreamsMetric.IS_STATUS_200, StreamsMetric.IS_STATUS_200_FAILED);
        counts(all, observed, StreamsMetric.SENT, StreamsMetric.RECEIVED);
        all.count(StreamsMetric.REQUESTS, requests)
                .value(StreamsMetric.REQUEST_RATE, rate(observed, "streams.http_reqs"));
        share(all, StreamsMetric.FAILED, failed, passed + failed);
        counts(all, observed, StreamsMetric.ITERATIONS);
        all.value(StreamsMetric.ITERATION_RATE, rate(observed, "streams.iterations"))
                .count(StreamsMetric.USERS, options.users())
                .value(StreamsMetric.DURATION, seconds(observed));
        counts(
                all,
                observed,
                StreamsMetric.FAILED_STATUS,
                StreamsMetric.FAILED_TRUNCATED,
                StreamsMetric.FAILED_TIMEOUT,
                StreamsMetric.FAILED_REFUSED,
                StreamsMetric.FAILED_BROKEN,
                StreamsMetric.FAILED_UNREADABLE,
                StreamsMetric.UNSENT,
                StreamsMetric.INTERRUPTED,
                StreamsMetric.ACKNOWLEDGED,
                StreamsMetric.READ_BACK,
                StreamsMetric.LOST,
                StreamsMetric.DUPLICATED);
        faults(all);
        all.value(StreamsMetric.STORE_CPU, store.cores()).value(StreamsMetric.STORE_MEMORY, store.mostBytes());
        for (var metric : StreamsMetric.values()) {
            if (metric.kind() == ResultMetric.Kind.DISTRIBUTION) {
                all.samples(metric, observed.samples(metric.id()));
            }
        }
        return all.health(observed);
    }

    /** The longest of all faults; not measured without faults, or when one of them has no end. */
    private void faults(Observations all) {
        all.count(StreamsMetric.FAULTS, impacts.size()).count(StreamsMetric.FAULTS_FAILED, failedByFaults());
        longest(all, StreamsMetric.OUTAGE, impacts.stream().allMatch(Impact::outageOver), Impact::outageNanos);
        longest(
                all,
                StreamsMetric.RECOVERY,
                impacts.stream().allMatch(impact -> impact.recoveryNanos() != null),
                impact -> Optional.ofNullable(impact.recoveryNanos()).orElseThrow());
    }

    private void longest(Observations all, StreamsMetric metric, boolean known, ToLongFunction<Impact> nanos) {
        if (known && !impacts.isEmpty()) {
            all.value(metric, impacts.stream().mapToLong(nanos).max().orElseThrow() / 1e9);
        } else {
            all.absent(metric);
        }
    }

    /** What the role counts under the same name. */
    private static void counts(Observations all, RunHealth observed, StreamsMetric... metrics) {
        for (var metric : metrics) {
            all.count(metric, observed.count(metric.id()));
        }
    }

    /** One of the original's checks by itself. */
    private static void check(Observations all, RunHealth observed, StreamsMetric check, StreamsMetric failed) {
        long passed = observed.count(check.id() + ".passed");
        share(all, check, passed, passed + observed.count(failed.id()));
        counts(all, observed, failed);
    }

    private static void share(Observations all, StreamsMetric metric, long part, long whole) {
        if (whole > 0) {
            all.value(metric, (double) part / whole);
        } else {
            all.absent(metric);
        }
    }
}
