package dev.muster.node;

import dev.muster.measure.Counters;
import dev.muster.measure.Metric;
import dev.muster.measure.Recorder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/**
 * All instruments of a process. A verticle makes its instruments here when it starts, one set for each instance, and
 * keeps them; instruments of the same metric are added up when they are read. Safe to use from any thread.
 */
public final class Telemetry {
    private final List<Recorder> recorders = new CopyOnWriteArrayList<>();
    private final List<Counters<?>> counters = new CopyOnWriteArrayList<>();
    private final List<Gauge> gauges = new CopyOnWriteArrayList<>();

    private record Gauge(Metric metric, DoubleSupplier value) {}

    /** A recorder for one thread to write. */
    public Recorder recorder(Metric metric) {
        var recorder = new Recorder(metric);
        recorders.add(recorder);
        return recorder;
    }

    /** The counters of a role, for one thread to write. */
    public <M extends Enum<M> & Metric> Counters<M> counters(Class<M> metrics) {
        var made = new Counters<>(metrics);
        counters.add(made);
        return made;
    }

    /**
     * A gauge, read once a second from a thread of the reader's.
     *
     * @param value must be safe to call from any thread
     */
    public void gauge(Metric metric, DoubleSupplier value) {
        gauges.add(new Gauge(metric, value));
    }
}
