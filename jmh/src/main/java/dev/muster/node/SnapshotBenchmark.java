package dev.muster.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Snapshot;
import dev.muster.measure.Metric;
import dev.muster.measure.Recorder;
import dev.muster.measure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a process does once a second: everything that 50 recorders took in, merged, encoded, and made a message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SnapshotBenchmark {
    private static final int HISTOGRAMS = 50;
    private static final int EVENTS = 1_000;
    private static final double MEDIAN_NANOS = 1e6;

    private final Telemetry telemetry = new Telemetry();
    private final Snapshots snapshots = new Snapshots(new Identity("bench", "a1b2c3", "0.1-bench", "some"), telemetry);
    private final List<Recorder> recorders = new ArrayList<>();
    private final ObjectWriter json = BusCodecs.mapper(false).writerFor(Snapshot.class);
    private final Random random = new Random(1);

    private record Latency(Definition definition) implements Metric {}

    @Setup
    public void define() {
        for (int i = 0; i < HISTOGRAMS; i++) {
            var id = "bench.latency." + i;
            recorders.add(telemetry.recorder(new Latency(new Metric.Definition(id, id, Unit.NANOSECONDS))));
        }
    }

    /** A second of work before each snapshot; its own time does not count. */
    @Setup(Level.Invocation)
    public void work() {
        for (var recorder : recorders) {
            for (int i = 0; i < EVENTS; i++) {
                recorder.record(Math.round(MEDIAN_NANOS * Math.exp(random.nextGaussian())));
            }
        }
    }

    /** As it goes to a collector in the same process: by reference. */
    @Benchmark
    public Snapshot take() {
        return snapshots.take();
    }

    /** As it goes to a collector in another process. */
    @Benchmark
    public byte[] takeAndEncode() throws JsonProcessingException {
        return json.writeValueAsBytes(snapshots.take());
    }
}
