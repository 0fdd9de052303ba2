package dev.muster.collector;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.measure.HealthMetric;
import dev.muster.node.Identity;
import dev.muster.node.ManagementVerticle;
import dev.muster.node.Node;
import dev.muster.node.NodeMetrics;
import dev.muster.node.TelemetryVerticle;
import dev.muster.testing.TestNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectorTest {
    private final Node node = TestNode.of(new Identity("some-host-1", "a1b2c3", "0.1-test", "some"));
    private final NodeMetrics metrics = NodeMetrics.create(node.telemetry());
    private final Vertx vertx = metrics.vertx(new VertxOptions()).build();

    @BeforeEach
    void start() {
        BusCodecs.register(vertx.eventBus());
        for (var deployment : Collector.deployments(() -> Duration.ofHours(1), node)) {
            vertx.deployVerticle(deployment.verticle(), new DeploymentOptions().setInstances(deployment.instances()))
                    .await();
        }
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Stats ask() {
        return vertx.eventBus()
                .<Stats>request(Addresses.STATS, new StatsQuery(true, true))
                .await()
                .body();
    }

    @Test
    void shouldAnswerWhatTheProcessesMeasured() {
        node.telemetry().recorder(HealthMetric.LATENESS).record(1_500);
        vertx.deployVerticle(new TelemetryVerticle(node)).await();

        await().atMost(10, SECONDS).untilAsserted(() -> {
            var stats = ask();
            assertThat(stats.distribution("generator.lateness"))
                    .isNotNull()
                    .satisfies(lateness -> assertThat(lateness.count()).isEqualTo(1));
            assertThat(stats.timeline()).isNotEmpty();
            assertThat(stats.instances()).singleElement().satisfies(instance -> {
                assertThat(instance.name()).isEqualTo("some-host-1");
                assertThat(instance.silent()).isFalse();
                assertThat(instance.gauges()).containsKey("process.cpu.used");
            });
        });
    }

    @Test
    void shouldHearTheLastSnapshotOfAProcessThatStops() {
        var lateness = node.telemetry().recorder(HealthMetric.LATENESS);
        var telemetry = vertx.deployVerticle(new TelemetryVerticle(node)).await();
        lateness.record(1_500);

        vertx.undeploy(telemetry).await();

        assertThat(ask().distribution("generator.lateness"))
                .isNotNull()
                .satisfies(summary -> assertThat(summary.count()).isEqualTo(1));
    }

    @Test
    void shouldShowItsAnswerOnTheManagementPort() throws Exception {
        node.telemetry().recorder(HealthMetric.LATENESS);
        vertx.deployVerticle(new TelemetryVerticle(node)).await();
        vertx.deployVerticle(new ManagementVerticle(node, metrics, new ManagementVerticle.Port(0, false)))
                .await();
        var request = HttpRequest.newBuilder(
                        URI.create(node.endpoints().url("management").orElseThrow() + "/stats"))
                .build();

        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("some-host-1")
                .containsPattern("generator\\.lateness +no samples")
                .containsPattern("some-host-1 +some +0.1-test +[0-9.]+ %");
    }

    @ParameterizedTest
    @CsvSource({"60, 0", "59, 1", "86400, 0", "86401, 1"})
    void shouldNameTheOptionThatIsOutOfRange(long seconds, int problems) {
        assertThat(Collector.problems(() -> Duration.ofSeconds(seconds)))
                .hasSize(problems)
                .allMatch(problem -> problem.equals("--collector-window must be 1m to 24h, not " + seconds + "s"));
    }
}
