package dev.muster.node;

import dev.muster.bus.Percentiles;
import dev.muster.bus.Stats;
import dev.muster.measure.Distribution;
import dev.muster.measure.Evidence;
import dev.muster.measure.HealthCounter;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Metric;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the collector knows of a run's own health: what it answered after the run less what it answered before, so that
 * the start of the processes and earlier runs are not held against this one.
 */
public final class RunHealth {
    private final Stats before;
    private final Stats after;
    private final Set<String> excused;

    private RunHealth(Stats before, Stats after, Set<String> excused) {
        this.before = before;
        this.after = after;
        this.excused = Set.copyOf(excused);
    }

    /** Of a run between two answers of the collector, both asked for with histograms. */
    public static RunHealth between(Stats before, Stats after) {
        return new RunHealth(before, after, Set.of());
    }

    /**
     * The same run, against which restarts and gaps of these processes don't speak: it ended them on purpose.
     *
     * @param instances by their names
     */
    public RunHealth without(Set<String> instances) {
        return new RunHealth(before, after, instances);
    }

    /**
     * What the verdict needs.
     *
     * @param claimed the latency that the run reports
     * @param unsent work that was dropped or never sent
     * @param durable whether what was acknowledged is stored durably
     */
    public Evidence evidence(Summary claimed, long unsent, boolean durable) {
        return new Evidence(
                claimed,
                during(HealthMetric.LATENESS),
                during(HealthMetric.LOOP_DELAY),
                during(HealthMetric.GC_PAUSE),
                cpuShare(),
                unsent,
                Math.max(0, restarts(after) - restarts(before)),
                heard().stream().map(Stats.Instance::build).distinct().sorted().toList(),
                newGaps(),
                Math.max(0, count(HealthCounter.BUS_MERGED.id())),
                durable,
                List.of());
    }

    /**
     * Samples of one metric.
     *
     * @param unit of the values
     * @param distribution not to be changed
     */
    public record Samples(Unit unit, Distribution distribution) {
        /** Their summary, in the same unit. */
        public Summary summary() {
            return Summary.of(unit, distribution);
        }
    }

    /** The samples of a metric that came during the run, from all processes. */
    public Samples samples(Metric metric) {
        return samples(metric.id(), metric.unit());
    }

    /** The same of a metric that is known by its name alone. */
    public Samples samples(String id) {
        var encoded = after.encoded().get(id);
        return samples(id, encoded == null ? Unit.COUNT : Unit.ofSymbol(encoded.unit()));
    }

    private Samples samples(String id, Unit unit) {
        return new Samples(unit, distribution(after, id).since(distribution(before, id)));
    }

    /** The summary of a metric's samples that came during the run, from all processes. */
    public Summary during(Metric metric) {
        return samples(metric).summary();
    }

    /** The same of a metric that is known by its name alone. */
    public Summary during(String id) {
        return samples(id).summary();
    }

    private static Distribution distribution(Stats stats, String id) {
        var encoded = stats.encoded().get(id);
        return encoded == null ? new Distribution() : Histograms.decode(encoded);
    }

    /** Whether any process has told of a counter: of one that nobody keeps, {@link #count} is 0, and means nothing. */
    public boolean knows(String id) {
        return after.counters().containsKey(id);
    }

    /** How much a counter grew during the run, over all processes. */
    public long count(String id) {
        return after.counters().getOrDefault(id, 0L) - before.counters().getOrDefault(id, 0L);
    }

    /**
     * What the collector would tell of this time alone.
     *
     * @param timeline to be in it
     */
    public Stats stats(List<Stats.Point> timeline) {
        var counters = new TreeMap<String, Long>();
        after.counters().keySet().forEach(id -> counters.put(id, count(id)));
        var distributions = new TreeMap<String, Percentiles>();
        after.encoded().keySet().forEach(id -> distributions.put(id, Summaries.percentiles(during(id))));
        return new Stats(
                after.epochMillis(),
                after.instances(),
                counters,
                after.gauges(),
                distributions,
                Map.of(),
                timeline,
                newGaps());
    }

    /** Processes that were heard of during the run. */
    private List<Stats.Instance> heard() {
        long duration = after.epochMillis() - before.epochMillis();
        return after.instances().stream()
                .filter(instance -> instance.silentMillis() <= duration)
                .toList();
    }

    /** Which share of its processors the busiest process used: 1 is all of them. */
    public double cpuShare() {
        return heard().stream().mapToDouble(this::cpuShare).max().orElse(0);
    }

    private double cpuShare(Stats.Instance instance) {
        var start = start(instance);
        double used = used(instance) - start.map(RunHealth::used).orElse(0.0);
        double available = gauge(instance, HealthMetric.CPU_AVAILABLE)
                - start.map(earlier -> gauge(earlier, HealthMetric.CPU_AVAILABLE))
                        .orElse(0.0);
        return available <= 0 ? 0 : used / available;
    }

    /** The same process, not one of the same name, as it was before the run. */
    private Optional<Stats.Instance> start(Stats.Instance instance) {
        return before.instances().stream()
                .filter(earlier -> earlier.incarnation().equals(instance.incarnation()))
                .findFirst();
    }

    /**
     * Processor time that one process used during the run, in seconds; empty unless the same process was heard of before
     * and after.
     *
     * @param name of the instance
     */
    public OptionalDouble cpuSeconds(String name) {
        return after.instances().stream()
                .filter(each -> each.name().equals(name))
                .flatMap(each -> start(each).map(earlier -> used(each) - used(earlier)).stream())
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    private static double used(Stats.Instance instance) {
        return gauge(instance, HealthMetric.CPU_USED);
    }

    /** The largest value that a gauge has among the processes that were heard of; 0 when none has it. */
    public double greatest(String id) {
        return heard().stream()
                .mapToDouble(each -> each.gauges().getOrDefault(id, 0.0))
                .max()
                .orElse(0);
    }

    private static double gauge(Stats.Instance instance, Metric metric) {
        return instance.gauges().getOrDefault(metric.id(), 0.0);
    }

    private long restarts(Stats stats) {
        return stats.instances().stream()
                .filter(instance -> !excused.contains(instance.name()))
                .mapToLong(Stats.Instance::restarts)
                .sum();
    }

    /**
     * Snapshots that never came: the holes in the numbers of a process, and the end of one that fell silent. What the
     * latter measured after its last snapshot is not in the result.
     */
    private List<String> newGaps() {
        var gaps = new ArrayList<>(after.gaps());
        gaps.removeAll(before.gaps());
        heard().stream()
                .filter(Stats.Instance::silent)
                .map(instance -> instance.name() + ": nothing for the last "
                        + Unit.MILLISECONDS.text((double) instance.silentMillis()))
                .forEach(gaps::add);
        gaps.removeIf(gap -> excused.stream().anyMatch(name -> gap.startsWith(name + ": ")));
        return gaps;
    }
}
