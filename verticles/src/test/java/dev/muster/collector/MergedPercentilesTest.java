package dev.muster.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Percentiles;
import dev.muster.bus.Snapshot;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.measure.HealthMetric;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.node.TelemetryVerticle;
import dev.muster.testing.ChildJvm;
import dev.muster.testing.TestNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What 8 processes measured, merged, against all their samples in one list. The processes differ in load and in speed,
 * so that the mean of their percentiles would be far from the truth.
 */
class MergedPercentilesTest {
    private static final int PROCESSES = 8;
    private static final String METRIC = HealthMetric.LATENESS.id();
    private static final double THREE_DIGITS = 0.001;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldEqualThePercentilesOfTheUnionOfAllSamples() throws Exception {
        BusCodecs.register(vertx.eventBus());
        for (var deployment : Collector.deployments(() -> Duration.ofHours(1), node("collector"))) {
            vertx.deployVerticle(deployment.verticle(), new DeploymentOptions()).await(20, TimeUnit.SECONDS);
        }
        var processes = new ArrayList<Process>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(ChildJvm.start(Measuring.class, String.valueOf(i)));
        }

        for (var process : processes) {
            vertx.eventBus().publish(Addresses.SNAPSHOT, snapshotOf(process));
        }
        var stats = vertx.eventBus()
                .<Stats>request(Addresses.STATS, new StatsQuery(false, true))
                .await(20, TimeUnit.SECONDS)
                .body();

        assertThat(stats.instances()).hasSize(PROCESSES);
        assertSame(Objects.requireNonNull(stats.distribution(METRIC)), union());
    }

    private static void assertSame(Percentiles merged, long[] union) {
        assertThat(merged.unit()).isEqualTo("ns");
        assertThat(merged.count()).isEqualTo(union.length);
        assertNear(merged.min(), union[0]);
        assertNear(merged.p50(), at(union, 0.5));
        assertNear(merged.p90(), at(union, 0.9));
        assertNear(merged.p95(), at(union, 0.95));
        assertNear(merged.p99(), at(union, 0.99));
        assertNear(merged.p999(), at(union, 0.999));
        assertNear(merged.max(), union[union.length - 1]);
    }

    private static void assertNear(@Nullable Double merged, long nanos) {
        assertThat(Objects.requireNonNull(merged)).isCloseTo((double) nanos, within(THREE_DIGITS * nanos));
    }

    /** Nearest rank. */
    private static long at(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private static long[] union() {
        var all = IntStream.range(0, PROCESSES)
                .mapToObj(Measuring::samples)
                .flatMapToLong(LongStream::of)
                .toArray();
        Arrays.sort(all);
        return all;
    }

    private static Snapshot snapshotOf(Process process) throws Exception {
        try (var output = process.getInputStream()) {
            var json = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return BusCodecs.mapper(true).readValue(json, Snapshot.class);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Node node(String name) {
        return TestNode.of(new Identity(name, name, "0.1-test", "some"));
    }

    /** One of the processes: records its samples, stops, and prints the last snapshot that it sends. */
    static final class Measuring {
        private Measuring() {}

        /** Lognormal, as latencies are: each process twice as slow as the one before, and with another load. */
        static long[] samples(int process) {
            var random = new Random(process);
            double median = 50_000 * Math.pow(2, process);
            return LongStream.range(0, 20_000L + 7_001L * process)
                    .map(i -> Math.round(median * Math.exp(1.2 * random.nextGaussian())))
                    .toArray();
        }

        public static void main(String[] arguments) throws Exception {
            int number = Integer.parseInt(arguments[0]);
            var node = node("process-" + number);
            var vertx = Vertx.vertx();
            BusCodecs.register(vertx.eventBus());
            var snapshots = new ArrayList<Snapshot>();
            vertx.eventBus()
                    .<Snapshot>consumer(Addresses.SNAPSHOT, message -> snapshots.add(message.body()))
                    .completion()
                    .await(20, TimeUnit.SECONDS);
            var telemetry = vertx.deployVerticle(new TelemetryVerticle(node)).await(20, TimeUnit.SECONDS);
            var recorder = node.telemetry().recorder(HealthMetric.LATENESS);
            for (long sample : samples(number)) {
                recorder.record(sample);
            }
            vertx.undeploy(telemetry).await(20, TimeUnit.SECONDS);
            vertx.close().await(20, TimeUnit.SECONDS);
            System.out.println(BusCodecs.mapper(true).writeValueAsString(snapshots.get(snapshots.size() - 1)));
        }
    }
}
