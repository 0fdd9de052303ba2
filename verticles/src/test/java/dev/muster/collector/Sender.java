package dev.muster.collector;

import dev.muster.bus.Snapshot;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import dev.muster.node.Histograms;
import java.util.Map;

/** One life of a process as the collector hears it. */
final class Sender {
    static final String COUNTER = "some.done";
    static final String GAUGE = "some.queue";
    static final String LATENCY = "some.latency";

    private final String instance;
    private final String incarnation;
    private final long bornMillis;
    private final Distribution samples = new Distribution();
    private long sequence;
    private long done;

    Sender(String instance, String incarnation, long bornMillis) {
        this.instance = instance;
        this.incarnation = incarnation;
        this.bornMillis = bornMillis;
    }

    /** Does so much more, and tells of all so far. */
    Snapshot after(long more, long... latencies) {
        done += more;
        samples.add(Distribution.of(latencies));
        sequence++;
        return new Snapshot(
                instance,
                incarnation,
                sequence,
                bornMillis + sequence * 1_000,
                "0.1-test",
                "some",
                Map.of(COUNTER, done),
                Map.of(GAUGE, (double) sequence),
                Map.of(LATENCY, Histograms.encode(Unit.MICROSECONDS, samples)));
    }
}
