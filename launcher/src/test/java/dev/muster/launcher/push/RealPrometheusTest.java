package dev.muster.launcher.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.NodeMetrics;
import dev.muster.node.Telemetry;
import dev.muster.testing.Part;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process measures arrives in a real Prometheus. */
class RealPrometheusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private URI url = URI.create("http://127.0.0.1");
    private Process prometheus;

    @BeforeEach
    void start() throws IOException {
        var there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "prometheus")));
        Part.need(there, "no prometheus: install Debian's package prometheus");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        var config = Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: []\n");
        prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + url.getAuthority(),
                        "--web.enable-remote-write-receiver")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await("prometheus")
                .atMost(PATIENCE)
                .ignoreException(ConnectException.class)
                .until(() -> get("/-/ready").statusCode() == 200);
    }

    @AfterEach
    void end() {
        if (prometheus != null) {
            prometheus.destroyForcibly().onExit().join();
        }
    }

    @Test
    void shouldShowARunThatWasNeverScraped() throws Exception {
        var metrics = NodeMetrics.create(new Telemetry());
        Vertx vertx = metrics.vertx(new VertxOptions()).build();
        var warnings = new CopyOnWriteArrayList<String>();
        var target = PushTarget.parse("remote-write:" + url);

        var push = Push.start(
                List.of(target),
                new Source("r-1", "boot", "host-1"),
                metrics::snapshots,
                warnings::add,
                Duration.ofMillis(200));
        await("two points").atMost(PATIENCE).until(() -> points("count_over_time(jvm_threads_live_threads[1h])") >= 2);
        push.close();
        vertx.close().await();

        assertThat(warnings).isEmpty();
        var series =
                query("last_over_time(jvm_threads_live_threads{run=\"r-1\",experiment=\"boot\",pod=\"host-1\"}[1h])");
        assertThat(series).hasSize(1);
        assertThat(query("last_over_time(jvm_memory_used_bytes{job=\"muster\",instance=\"host-1\"}[1h])"))
                .isNotEmpty();
        // The end of the run was told: an hour of lookback finds it, the moment after it has nothing.
        await("the end").atMost(PATIENCE).until(() -> query("jvm_threads_live_threads")
                .isEmpty());
    }

    @Test
    void shouldTakeARequestOfMegabytes() throws Exception {
        var warnings = new CopyOnWriteArrayList<String>();

        Push.start(
                        List.of(PushTarget.parse("remote-write:" + url)),
                        new Source("r-2", "boot", "host-1"),
                        () -> new MetricSnapshots(Many.series(20_000)),
                        warnings::add,
                        Duration.ofHours(1))
                .close();

        assertThat(warnings).isEmpty();
        assertThat(points("count(last_over_time(" + Many.NAME + "{run=\"r-2\"}[1h]))"))
                .isEqualTo(20_000);
        assertThat(points("sum(last_over_time(" + Many.NAME + "{run=\"r-2\"}[1h]))"))
                .isEqualTo(199_990_000);
    }

    private int points(String query) throws Exception {
        var found = query(query);
        return found.isEmpty()
                ? 0
                : Integer.parseInt(found.getJsonObject(0).getJsonArray("value").getString(1));
    }

    private JsonArray query(String query) throws Exception {
        var answer = get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getJsonObject("data").getJsonArray("result");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
    }
}
