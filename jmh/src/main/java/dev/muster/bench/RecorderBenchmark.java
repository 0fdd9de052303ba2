package dev.muster.bench;

import dev.muster.measure.HealthMetric;
import dev.muster.measure.Recorder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event recorded: lognormal latencies around 1 ms, as a load test meets them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecorderBenchmark {
    private static final int VALUES = 4_096;
    private static final double MEDIAN_NANOS = 1e6;

    private final Recorder recorder = new Recorder(HealthMetric.LATENESS);
    private final long[] values = new long[VALUES];
    private int next;

    /** As a recorder is after its first second: the largest magnitude has been seen. */
    @Setup
    public void fill() {
        var random = new Random(1);
        LongStream.range(0, VALUES)
                .forEach(i -> values[(int) i] = Math.round(MEDIAN_NANOS * Math.exp(random.nextGaussian())));
        LongStream.of(values).forEach(recorder::record);
    }

    /** The cost of {@link Recorder#record}, and of finding the value to record. */
    @Benchmark
    public void record() {
        next = (next + 1) & (VALUES - 1);
        recorder.record(values[next]);
    }
}
