package dev.muster.bus;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All processes' measurements merged: counts added, distributions merged from histograms.
 *
 * @param epochMillis when the collector answered
 * @param instances every process heard of, in the order of their names
 * @param counters sums by name
 * @param gauges sums by name
 * @param distributions summaries by name
 * @param encoded the merged distributions themselves, when asked for
 * @param timeline one point a second, oldest first, when asked for
 * @param gaps what the collector knows that it missed, in words
 */
public record Stats(
        long epochMillis,
        List<Instance> instances,
        Map<String, Long> counters,
        Map<String, Double> gauges,
        Map<String, Percentiles> distributions,
        Map<String, Snapshot.Encoded> encoded,
        List<Point> timeline,
        List<String> gaps)
        implements Message {
    /**
     * One process.
     *
     * @param silentMillis since its last snapshot
     * @param silent true when that is long enough to call it silent: its last numbers stay, they are not zero
     * @param restarts how often the instance came back with a new incarnation
     * @param missed snapshots that never arrived
     * @param gauges its latest values by name: a share of CPU, say, means nothing summed over processes
     */
    public record Instance(
            String name,
            String roles,
            String build,
            String incarnation,
            long silentMillis,
            boolean silent,
            long restarts,
            long missed,
            Map<String, Double> gauges) {}

    /**
     * What happened in one second.
     *
     * @param epochSecond which
     * @param counters increments by name
     * @param gauges values by name
     * @param distributions of that second's samples alone
     */
    public record Point(
            long epochSecond,
            Map<String, Long> counters,
            Map<String, Double> gauges,
            Map<String, Percentiles> distributions) {}

    /** The builds that take part; more than one means that numbers of different code were merged. */
    public List<String> builds() {
        return instances.stream().map(Instance::build).distinct().sorted().toList();
    }

    /** A summary by name, or null when nothing of that name was ever recorded. */
    public @Nullable Percentiles distribution(String name) {
        return distributions.get(name);
    }
}
