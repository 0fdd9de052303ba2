package dev.muster.collector;

import dev.muster.bus.Percentiles;
import dev.muster.bus.Snapshot;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.node.Histograms;
import dev.muster.node.Summaries;
import java.util.Map;
import java.util.TreeMap;

/** Counts and distributions that add up: those of one snapshot's news, of a second, or of all time. */
final class Measured {
    private final Map<String, Long> counters = new TreeMap<>();
    private final Map<String, Samples> samples = new TreeMap<>();

    private record Samples(Unit unit, Distribution distribution) {}

    void count(String name, long more) {
        counters.merge(name, more, Long::sum);
    }

    /**
     * Takes samples in.
     *
     * @param more not to be changed afterwards
     */
    void sample(String name, Unit unit, Distribution more) {
        samples.computeIfAbsent(name, first -> new Samples(unit, new Distribution()))
                .distribution
                .add(more);
    }

    void add(Measured other) {
        other.counters.forEach(this::count);
        other.samples.forEach((name, more) -> sample(name, more.unit, more.distribution));
    }

    Map<String, Long> counters() {
        return new TreeMap<>(counters);
    }

    Map<String, Percentiles> percentiles() {
        var all = new TreeMap<String, Percentiles>();
        samples.forEach((name, some) -> all.put(name, Summaries.percentiles(Summary.of(some.unit, some.distribution))));
        return all;
    }

    Map<String, Snapshot.Encoded> encoded() {
        var all = new TreeMap<String, Snapshot.Encoded>();
        samples.forEach((name, some) -> all.put(name, Histograms.encode(some.unit, some.distribution)));
        return all;
    }
}
