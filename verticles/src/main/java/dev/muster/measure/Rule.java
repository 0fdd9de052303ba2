package dev.muster.measure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A reason for which a run's numbers can't be believed. Each experiment lists the rules that apply to it: a load at full
 * speed leaves out lateness and CPU.
 *
 * <p>A disturbance is judged against the latency that the run claims: it does harm when it is of that size. Below a
 * floor it is not held against a run, because a cold JVM on an idle machine reaches that too. Too few samples for a p99
 * are judged by their maximum, no samples not at all.
 */
public enum Rule {
    /** Lateness adds to each latency: its p99 may be a tenth of the claimed p99. */
    GENERATOR_LATE("lower the rate, give the generator more CPU, or spread it over more processes"),
    /** Without idle CPU left the generator measures itself. */
    CPU_SATURATED("lower the rate, give the process more CPU, or spread the load over more processes"),
    /**
     * A busy event loop delays what it should time, and so makes the very latency that is claimed: its longest delay may
     * be a tenth of the claimed p99.
     */
    LOOP_DELAYED("look for blocked-thread warnings in the log, lower the rate, or give the process more CPU"),
    /** All requests under way during a pause seem slower by it. */
    GC_PAUSED("give the process more memory, or choose a collector with shorter pauses (-XX:+UseZGC)"),
    /** A one-way latency below the error of the clocks says nothing: half of its samples may be wrong by more than they are. */
    CLOCK_UNCERTAIN("synchronise the clocks (chrony, PTP), shorten the network path between the processes,"
            + " or measure both ends in one process"),
    /** What was not sent has no latency, and it would have been the worst. */
    WORK_UNSENT("lower the rate, or allow more requests at the same time"),
    /** A restarted process lost what it had under way, and its warm-up is in the numbers. */
    PROCESS_RESTARTED("find out why in its log (kubectl logs --previous); out of memory is the usual reason"),
    /** Numbers of different code were merged. */
    BUILDS_MIXED("start every process from the same jar or image"),
    /** Part of what was measured is not in the result. */
    MEASUREMENTS_LOST("see whether the collector has enough CPU and the network between the processes holds"),
    /** Who is cut off is not measured, not commanded, and at work all the same. */
    BUS_SPLIT(
            "see whether the network between the processes holds; one that stands still for 10 s, without CPU or memory,"
                    + " is taken for dead as well"),
    /** Not a fault, but another experiment: an acknowledged registration would not survive the database. */
    NOT_DURABLE("compare only with runs of the same kind, or use --master-table-engine=innodb");

    static final double DISTURBANCE_SHARE = 0.1;
    static final double LATENESS_FLOOR_SECONDS = 0.002;
    static final double LOOP_DELAY_FLOOR_SECONDS = 0.2;
    static final double GC_PAUSE_FLOOR_SECONDS = 0.1;
    static final double CPU_LIMIT = 0.95;

    private final String fix;

    Rule(String fix) {
        this.fix = fix;
    }

    /** Stable, for programs: {@code generator-late}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a run against which this speaks is invalid; otherwise it is only noted. */
    public boolean invalidates() {
        return this != NOT_DURABLE;
    }

    /** What speaks against the run, if anything. */
    public Optional<Verdict.Reason> check(Evidence run) {
        double claimed = tailSeconds(run.claimed());
        return switch (this) {
            case GENERATOR_LATE -> {
                double limit = Math.max(DISTURBANCE_SHARE * claimed, LATENESS_FLOOR_SECONDS);
                yield atMost(
                        limit,
                        "p99 of the generator's lateness",
                        run.lateness(),
                        run.lateness().tail());
            }
            case CPU_SATURATED ->
                check(
                        run.cpuShare() <= CPU_LIMIT,
                        "CPU share of the busiest process " + Unit.RATIO.text(run.cpuShare()),
                        Unit.RATIO.text(CPU_LIMIT));
            case LOOP_DELAYED -> {
                double limit = Math.max(DISTURBANCE_SHARE * claimed, LOOP_DELAY_FLOOR_SECONDS);
                yield atMost(
                        limit,
                        "longest delay of an event loop",
                        run.loopDelay(),
                        run.loopDelay().max());
            }
            case GC_PAUSED -> {
                double limit = Math.max(claimed, GC_PAUSE_FLOOR_SECONDS);
                yield atMost(
                        limit,
                        "longest pause of garbage collection",
                        run.gcPauses(),
                        run.gcPauses().max());
            }
            case CLOCK_UNCERTAIN -> clocks(run.betweenClocks());
            case WORK_UNSENT -> check(run.unsent() == 0, "work dropped or never sent: " + run.unsent(), "0");
            case PROCESS_RESTARTED -> check(run.restarts() == 0, "restarts of processes: " + run.restarts(), "0");
            case BUILDS_MIXED ->
                check(run.builds().size() <= 1, "builds: " + String.join(", ", run.builds()), "one build");
            case MEASUREMENTS_LOST -> check(run.gaps().isEmpty(), String.join("; ", run.gaps()), "no gap");
            case BUS_SPLIT ->
                check(
                        run.merges() == 0,
                        "the bus was split: processes that were apart from the others and joined them again: "
                                + run.merges(),
                        "0");
            case NOT_DURABLE -> check(run.durable(), "the table lives in memory", "a durable table");
        };
    }

    /** All latencies whose median is within the error of the clocks that they compare. */
    private Optional<Verdict.Reason> clocks(List<Evidence.BetweenClocks> measured) {
        var uncertain = measured.stream().filter(Rule::isUncertain).toList();
        return check(
                uncertain.isEmpty(),
                uncertain.stream()
                        .map(one -> "the clocks of " + one.name() + " are known to "
                                + Unit.NANOSECONDS.text((double) one.errorNanos()) + ", its median is "
                                + one.latency().text(one.latency().middle()))
                        .collect(Collectors.joining("; ")),
                "an error below the median");
    }

    private static boolean isUncertain(Evidence.BetweenClocks measured) {
        var middle = measured.latency().middle();
        return middle != null
                && Unit.NANOSECONDS.inBase((double) measured.errorNanos())
                        > measured.latency().unit().inBase(middle);
    }

    private Optional<Verdict.Reason> atMost(
            double limitSeconds, String what, Summary summary, @Nullable Double observed) {
        if (observed == null) {
            return Optional.empty();
        }
        return check(
                summary.unit().inBase(observed) <= limitSeconds,
                what + " " + summary.unit().text(observed),
                Unit.SECONDS.text(limitSeconds));
    }

    private Optional<Verdict.Reason> check(boolean good, String observed, String limit) {
        return good ? Optional.empty() : Optional.of(new Verdict.Reason(code(), observed, limit, fix));
    }

    private static double tailSeconds(Summary claimed) {
        var tail = claimed.tail();
        return tail == null ? 0 : claimed.unit().inBase(tail);
    }
}
