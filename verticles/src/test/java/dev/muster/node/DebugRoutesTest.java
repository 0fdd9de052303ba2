package dev.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.BusCodecs;
import dev.muster.node.ManagementVerticle.Port;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebugRoutesTest {
    private final Node node = Nodes.onLoopback();
    private final NodeMetrics metrics = NodeMetrics.create(node.telemetry());
    private final Vertx vertx = metrics.vertx(new VertxOptions()).build();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        BusCodecs.register(vertx.eventBus());
        vertx.deployVerticle(new ManagementVerticle(node, metrics, new Port(0, false)))
                .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create(node.endpoints().url("management").orElseThrow() + path));
    }

    private String get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    @Test
    void shouldShowThreadsAndWhatLives() throws Exception {
        assertThat(get("/debug/threads")).contains("vert.x-eventloop-thread", "DebugRoutesTest");
        assertThat(get("/debug/heap")).contains("#instances", "java.lang.String", "Total");
    }

    @Test
    void shouldSendARecordingThatJfrReads() throws Exception {
        var answer =
                client.send(request("/debug/jfr?seconds=1").build(), BodyHandlers.ofFile(folder.resolve("muster.jfr")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RecordingFile.readAllEvents(answer.body())).isNotEmpty();
    }

    @Test
    void shouldRecordOnceAtATime() throws Exception {
        var first = client.sendAsync(request("/debug/jfr?seconds=2").build(), BodyHandlers.discarding());
        var second = client.sendAsync(request("/debug/jfr?seconds=2").build(), BodyHandlers.discarding());

        assertThat(List.of(first.get().statusCode(), second.get().statusCode())).containsExactlyInAnyOrder(200, 503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/debug/jfr?seconds=0", "/debug/jfr?seconds=61", "/debug/jfr?seconds=x"})
    void shouldRefuseATimeOutOfRange(String path) throws Exception {
        assertThat(get(path)).contains("seconds must be a whole number from 1 to 60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/debug/jfr", "/debug/threads", "/debug/heap"})
    void shouldShowNothingToForeignPages(String path) throws Exception {
        var answer = client.send(
                request(path).header("Origin", "https://example.org").build(), BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(403);
    }
}
