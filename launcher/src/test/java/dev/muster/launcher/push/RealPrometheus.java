package dev.muster.launcher.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.Part;
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

/** Debian's Prometheus in a process of its own, on a free port. Skips the calling test where it is not installed. */
public final class RealPrometheus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final Process process;

    private RealPrometheus(URI url, Process process) {
        this.url = url;
        this.process = process;
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param folder for its files
     * @param config the content of its configuration
     */
    public static RealPrometheus start(Path folder, String config) throws IOException {
        var there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "prometheus")));
        Part.need(there, "no prometheus: install Debian's package prometheus");
        URI url;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        var file = Files.writeString(folder.resolve("prometheus.yml"), config);
        var started = new RealPrometheus(
                url,
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + file,
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=" + url.getAuthority(),
                                "--web.enable-remote-write-receiver")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("prometheus.log").toFile())
                        .start());
        await("prometheus")
                .atMost(PATIENCE)
                .ignoreException(ConnectException.class)
                .until(() -> started.get("/-/ready").statusCode() == 200);
        return started;
    }

    /** Where it listens. */
    public URI url() {
        return url;
    }

    /** The series that it answers to a query with now. */
    public JsonArray query(String query) throws IOException, InterruptedException {
        var answer = get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(query + ": " + answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getJsonObject("data").getJsonArray("result");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
