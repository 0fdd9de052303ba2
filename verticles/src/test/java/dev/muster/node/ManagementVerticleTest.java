package dev.muster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Failure;
import dev.muster.bus.Percentiles;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.node.ManagementVerticle.Port;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ManagementVerticleTest {
    private final Node node = Nodes.onLoopback();
    private final NodeMetrics metrics = NodeMetrics.create(node.telemetry());
    private final Vertx vertx = metrics.vertx(new VertxOptions()).build();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void registerMessages() {
        BusCodecs.register(vertx.eventBus());
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void start() {
        vertx.deployVerticle(new ManagementVerticle(node, metrics, new Port(0, false)))
                .await();
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create(node.endpoints().url("management").orElseThrow() + path))
                .header("Accept", accept)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    @Tag("smoke")
    void shouldBeHealthyAndReadyWhenNothingIsPending() throws Exception {
        start();

        assertThat(get("/healthz", "*/*").statusCode()).isEqualTo(200);
        assertThat(get("/readyz", "*/*").statusCode()).isEqualTo(200);
        assertThat(get("/readyz", "*/*").body()).isEqualTo("ready\n");
        assertThat(json(get("/readyz", "application/json")).get("ready").asBoolean())
                .isTrue();
    }

    @Test
    void shouldNameThePartsThatAreNotReadyWithTheirReasons() throws Exception {
        start();
        node.readiness().waiting("master-sql", "no connection to 127.0.0.1:3306");
        node.readiness().waiting("watch", "cache not synced");

        var text = get("/readyz", "*/*");
        var json = get("/readyz", "application/json");

        assertThat(get("/healthz", "*/*").statusCode())
                .as("waiting is not broken")
                .isEqualTo(200);
        assertThat(text.statusCode()).isEqualTo(503);
        assertThat(text.body()).isEqualTo("master-sql: no connection to 127.0.0.1:3306\nwatch: cache not synced\n");
        assertThat(json.statusCode()).isEqualTo(503);
        assertThat(json(json).get("ready").asBoolean()).isFalse();
        assertThat(json(json).get("waiting").get("watch").asText()).isEqualTo("cache not synced");

        node.readiness().ready("master-sql");
        node.readiness().ready("watch");
        assertThat(get("/readyz", "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldShowAllMetrics() throws Exception {
        start();
        node.telemetry().counters(SomeMetric.class).increment(SomeMetric.DONE);

        var page = get("/metrics", "*/*");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(page.body())
                .contains("muster_some_done_total 1.0")
                .contains("jvm_memory_used_bytes")
                .contains("vertx_http_server_active_connections");
    }

    @Test
    void shouldAnswerStatsFromTheCollector() throws Exception {
        start();
        vertx.eventBus().<StatsQuery>consumer(Addresses.STATS, message -> message.reply(stats()));

        var text = get("/stats", "*/*");
        var json = json(get("/stats", "application/json"));

        assertThat(text.statusCode()).isEqualTo(200);
        assertThat(text.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(text.body()).contains("some.latency").contains("no samples").contains("1.20 ms");
        assertThat(json.get("counters").get("some.done").asLong()).isEqualTo(1_000);
        assertThat(json.get("distributions").get("some.latency").get("p999").isNull())
                .isTrue();
        assertThat(json.get("distributions").get("some.latency").get("p50").asDouble())
                .isEqualTo(1_200);
    }

    private static Stats stats() {
        return new Stats(
                1_700_000_000_000L,
                List.of(new Stats.Instance("pod-1", "some", "0.1", "abc", 400, false, 0, 0, Map.of())),
                Map.of("some.done", 1_000L),
                Map.of(),
                Map.of(
                        "some.latency",
                        new Percentiles("us", 200, 1000.0, 1300.0, 1200.0, 1400.0, 1500.0, 1600.0, null, 1700.0),
                        "some.other",
                        new Percentiles("us", 0, null, null, null, null, null, null, null, null)),
                Map.of(),
                List.of(),
                List.of());
    }

    @Test
    void shouldSayThatNoCollectorAnswers() throws Exception {
        start();

        var answer = get("/stats", "application/json");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).get("error").asText()).isEqualTo("no collector on the bus");
        assertThat(json(answer).get("fix").asText()).contains("--role=collector");
    }

    @Test
    void shouldSayThatTheCollectorIsTooSlow() throws Exception {
        start();
        vertx.eventBus().<StatsQuery>consumer(Addresses.STATS, message -> {});

        var answer = get("/stats", "*/*");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("did not answer within 2000 ms");
    }

    @Test
    void shouldPassOnWhyTheCollectorFailed() throws Exception {
        start();
        vertx.eventBus()
                .<StatsQuery>consumer(
                        Addresses.STATS,
                        message -> message.fail(Failure.UNAVAILABLE.code(), "the collector is starting"));

        var answer = get("/stats", "*/*");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("the collector is starting");
    }

    @Test
    void shouldMoveToTheNextFreePortWhenItMay() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            vertx.deployVerticle(new ManagementVerticle(node, metrics, new Port(taken.getLocalPort(), true)))
                    .await();

            assertThat(get("/healthz", "*/*").statusCode()).isEqualTo(200);
            var moved = URI.create(node.endpoints().url("management").orElseThrow());
            assertThat(moved.getPort()).isGreaterThan(taken.getLocalPort());
        }
    }

    @Test
    void shouldNameTheOptionWhenThePortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var deployed =
                    vertx.deployVerticle(new ManagementVerticle(node, metrics, new Port(taken.getLocalPort(), false)));

            assertThatThrownBy(deployed::await)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("--management-port");
            assertThat(node.endpoints().url("management")).isEmpty();
        }
    }
}
