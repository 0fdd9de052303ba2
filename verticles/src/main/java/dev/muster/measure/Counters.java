package dev.muster.measure;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ObjLongConsumer;

/**
 * The counters of one writer: a verticle instance owns one of these for its role's enum. One thread adds; any thread may
 * read, and sees each counter's latest or next-to-latest value.
 *
 * @param <M> the enum that names the counters
 */
@SuppressWarnings("EnumOrdinal") // the ordinal never leaves this process: it is an index into this array
public final class Counters<M extends Enum<M> & Metric> {
    private final List<M> metrics;
    private final AtomicLongArray values;

    public Counters(Class<M> metrics) {
        this.metrics = List.of(metrics.getEnumConstants());
        this.values = new AtomicLongArray(this.metrics.size());
    }

    /** Adds one. */
    public void increment(M metric) {
        add(metric, 1);
    }

    /** Adds any number. Only the owner's thread may call this. */
    public void add(M metric, long count) {
        int i = metric.ordinal();
        values.setRelease(i, values.getPlain(i) + count);
    }

    /** The count so far. */
    public long get(M metric) {
        return values.getAcquire(metric.ordinal());
    }

    /** Every counter with its count. */
    public void forEach(ObjLongConsumer<Metric> reader) {
        for (var metric : metrics) {
            reader.accept(metric, get(metric));
        }
    }
}
