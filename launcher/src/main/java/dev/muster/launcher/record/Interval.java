package dev.muster.launcher.record;

import dev.muster.bus.Percentiles;
import dev.muster.bus.Stats;
import dev.muster.node.RunHealth.Samples;
import dev.muster.node.Summaries;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What was measured between two answers of the collector.
 *
 * @param startMillis when the earlier answer was given, by the collector's clock since the epoch
 * @param endMillis when the later one was
 * @param processes how many the collector knows
 * @param heard how many of them it heard of in between: of the others nothing is known here, and it comes later
 * @param counters increments by name
 * @param gauges values at the end by name
 * @param samples taken in between by name
 */
record Interval(
        long startMillis,
        long endMillis,
        int processes,
        int heard,
        SortedMap<String, Long> counters,
        SortedMap<String, Double> gauges,
        SortedMap<String, Samples> samples) {
    double seconds() {
        return (endMillis - startMillis) / 1e3;
    }

    /** As the collector's own timeline tells a second: what did not happen in it is left out. */
    Stats.Point point() {
        var increments = new TreeMap<>(counters);
        increments.values().removeIf(count -> count == 0);
        var distributions = new TreeMap<String, Percentiles>();
        samples.forEach((name, some) -> {
            if (some.distribution().count() > 0) {
                distributions.put(name, Summaries.percentiles(some.summary()));
            }
        });
        return new Stats.Point(Math.floorDiv(endMillis, 1_000), increments, gauges, distributions);
    }

    /** The same under other names. */
    Interval renamed(UnaryOperator<String> names) {
        return new Interval(
                startMillis,
                endMillis,
                processes,
                heard,
                renamed(counters, names),
                renamed(gauges, names),
                renamed(samples, names));
    }

    private static <T> SortedMap<String, T> renamed(SortedMap<String, T> values, UnaryOperator<String> names) {
        var renamed = new TreeMap<String, T>();
        values.forEach((name, value) -> renamed.put(names.apply(name), value));
        return renamed;
    }
}
