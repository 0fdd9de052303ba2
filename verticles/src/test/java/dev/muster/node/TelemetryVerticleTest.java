package dev.muster.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Snapshot;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryVerticleTest {
    private final Node node = Nodes.onLoopback();
    private final Vertx vertx = Vertx.vertx();
    private final List<Snapshot> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        BusCodecs.register(vertx.eventBus());
        vertx.eventBus().<Snapshot>consumer(Addresses.SNAPSHOT, message -> heard.add(message.body()));
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void shouldPublishAtOnceThenEachSecondAndOnceMoreAtItsEnd() {
        var counters = node.telemetry().counters(SomeMetric.class);
        var deployment = vertx.deployVerticle(new TelemetryVerticle(node)).await();
        await().atMost(10, SECONDS).until(() -> heard.size() >= 3);
        counters.add(SomeMetric.DONE, 7);

        vertx.undeploy(deployment).await();

        await().atMost(10, SECONDS)
                .untilAsserted(
                        () -> assertThat(heard.get(heard.size() - 1).counters()).containsEntry("some.done", 7L));
        assertThat(heard).extracting(Snapshot::sequence).startsWith(1L, 2L, 3L).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 5400, 1000",
        "400, 5403, 997",
        "400, 5850, 550",
        "400, 5901, 1499",
        "400, 5399, 1001",
        "899, 6100, 799",
        "100, 5000, 1100",
    })
    void shouldKeepToItsPointOfTheSecond(int phase, long now, long delay) {
        assertThat(TelemetryVerticle.untilNext(phase, now)).isEqualTo(delay);
    }

    @Test
    void shouldMeasureTheHealthOfTheProcess() {
        vertx.deployVerticle(new TelemetryVerticle(node)).await();
        System.gc();

        await().atMost(10, SECONDS).untilAsserted(() -> {
            assertThat(heard).isNotEmpty();
            var last = heard.get(heard.size() - 1);
            assertThat(last.gauges().get("process.cpu.share")).isPositive();
            assertThat(last.gauges().get("process.cpu.used")).isPositive();
            assertThat(last.gauges().get("process.cpu.available")).isPositive();
            assertThat(Nodes.samples(last, "process.gc.pause").count()).isPositive();
            assertThat(Nodes.samples(last, "process.loop.delay").count()).isPositive();
        });
    }

    @Test
    void shouldTellHowLongAnEventLoopWasBusy() {
        var telemetry = node.telemetry();
        try (var probes = new LoopProbes(vertx, telemetry, TelemetryVerticle.PROBE_PERIOD)) {
            assertThat(probes).isNotNull();
            var blocked = new CountDownLatch(1);
            vertx.runOnContext(start -> {
                LockSupport.parkNanos(300_000_000);
                blocked.countDown();
            });
            await().atMost(10, SECONDS).until(() -> blocked.getCount() == 0);

            var snapshots = new Snapshots(node.identity(), telemetry);
            await().atMost(10, SECONDS).untilAsserted(() -> {
                var delays = Nodes.samples(snapshots.take(), "process.loop.delay");
                assertThat(delays.max()).isGreaterThan(250_000_000);
                assertThat(delays.count() - delays.countAtMost(150_000_000))
                        .as("ticks missed in the second half of the block")
                        .isGreaterThan(5);
                assertThat(delays.min()).isNotNegative();
            });
        }
    }
}
