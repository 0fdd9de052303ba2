package dev.muster.node;

import dev.muster.measure.Counters;
import dev.muster.measure.Distribution;
import dev.muster.measure.Metric;
import dev.muster.measure.Recorder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/**
 * All instruments of a process. A verticle makes its instruments here when it starts, one set for each instance, and
 * keeps them; instruments of the same metric are added up when they are read. Safe to use from any thread.
 */
public final class Telemetry {
    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();
    private final List<Recorder> recorders = new CopyOnWriteArrayList<>();
    private final List<Counters<?>> counters = new CopyOnWriteArrayList<>();
    private final List<Gauge> gauges = new CopyOnWriteArrayList<>();
    private final Map<String, Alias> aliases = new ConcurrentHashMap<>();

    /** All that was ever recorded, by metric; guarded by this object. */
    private final Map<String, Distribution> recorded = new TreeMap<>();

    private record Gauge(Metric metric, DoubleSupplier value) {}

    /**
     * Another name of a metric, for Prometheus alone.
     *
     * @param name in full, with its unit
     * @param label whose value is the instance
     */
    record Alias(String name, String label, String instance) {}

    /** Takes what the instruments say, each metric once. */
    interface Reader {
        void counter(Metric metric, long count);

        void gauge(Metric metric, double value);

        /** The distribution may be read during this call, neither changed nor kept. */
        void distribution(Metric metric, Distribution samples);
    }

    /** A recorder for one thread to write. */
    public Recorder recorder(Metric metric) {
        define(metric);
        var recorder = new Recorder(metric);
        recorders.add(recorder);
        return recorder;
    }

    /** The counters of a role, for one thread to write. */
    public <M extends Enum<M> & Metric> Counters<M> counters(Class<M> metrics) {
        for (var metric : metrics.getEnumConstants()) {
            define(metric);
        }
        var made = new Counters<>(metrics);
        counters.add(made);
        return made;
    }

    /**
     * A gauge, read once a second, and when Prometheus asks, from a thread of the reader's.
     *
     * @param value must be safe to call from any thread
     */
    public void gauge(Metric metric, DoubleSupplier value) {
        define(metric);
        gauges.add(new Gauge(metric, value));
    }

    /**
     * Shows a metric to Prometheus under a second name as well, such as that of a tool whose dashboards go on being used.
     *
     * @param name in full, with its unit
     * @param label of this process, and its value
     */
    public void alias(Metric metric, String name, String label, String instance) {
        aliases.put(metric.id(), new Alias(name, label, instance));
    }

    /** The second name of a metric; empty when it has none. */
    Optional<Alias> alias(Metric metric) {
        return Optional.ofNullable(aliases.get(metric.id()));
    }

    private void define(Metric metric) {
        var known = metrics.putIfAbsent(metric.id(), metric);
        if (known != null && !known.equals(metric)) {
            throw new IllegalArgumentException("two metrics have the id " + metric.id());
        }
    }

    /**
     * Reads every instrument: counters and gauges of the same metric added up, and all that was ever recorded. Waits
     * for the recorders' writers for microseconds, so not on an event loop.
     */
    synchronized void read(Reader reader) {
        readCounters(reader);
        var values = new TreeMap<String, Double>();
        for (var gauge : gauges) {
            values.merge(gauge.metric.id(), gauge.value.getAsDouble(), Double::sum);
        }
        values.forEach((id, value) -> reader.gauge(metric(id), value));
        for (var recorder : recorders) {
            recorder.drainTo(recorded.computeIfAbsent(recorder.metric().id(), id -> new Distribution()));
        }
        recorded.forEach((id, samples) -> reader.distribution(metric(id), samples));
    }

    private void readCounters(Reader reader) {
        var counts = new TreeMap<String, Long>();
        for (var some : counters) {
            some.forEach((metric, count) -> counts.merge(metric.id(), count, Long::sum));
        }
        counts.forEach((id, count) -> reader.counter(metric(id), count));
    }

    private Metric metric(String id) {
        var metric = metrics.get(id);
        if (metric == null) {
            throw new IllegalStateException("an instrument of an undefined metric: " + id);
        }
        return metric;
    }
}
