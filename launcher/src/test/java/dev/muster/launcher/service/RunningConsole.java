package dev.muster.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.kube.ServerBinaries;
import dev.muster.launcher.LauncherProcess;
import dev.muster.testing.ApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The console of the packaged jar, and the results that it keeps. */
final class RunningConsole implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path results;
    private final String address;
    private final List<String> command;
    private final int port;
    private LauncherProcess process;

    private RunningConsole(Path results, String address, List<String> options) throws IOException {
        this.results = results;
        this.address = address;
        this.port = freePort();
        this.command = new ArrayList<>(List.of(
                "--role=console",
                "--bind-address=" + address,
                "--console-port=" + port,
                "--management-port=0",
                "--results=" + results));
        command.addAll(options);
        this.process = launch();
    }

    /** On loopback. */
    static RunningConsole start(Path results) throws IOException {
        return new RunningConsole(results, "127.0.0.1", List.of());
    }

    static RunningConsole startAt(String address, Path results, String... options) throws IOException {
        return new RunningConsole(results, address, List.of(options));
    }

    private LauncherProcess launch() throws IOException {
        var started = LauncherProcess.start(assets(), command.toArray(String[]::new));
        assertThat(started.awaitEndpoint("console").getPort()).isEqualTo(port);
        return started;
    }

    /** So that its runs find the same API server as the tests do. */
    private static Map<String, String> assets() {
        var named = ApiServer.environment().get(ServerBinaries.VARIABLE);
        return named == null ? Map.of() : Map.of(ServerBinaries.VARIABLE, named);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void kill() throws InterruptedException {
        process.kill().awaitExit();
    }

    /** The same again, at the same address. */
    void startAgain() throws IOException {
        process = launch();
    }

    URI page(String path) {
        return URI.create("http://" + address + ":" + port + path);
    }

    /** Where the result of an experiment's first run is. */
    Path folder(String experiment) throws IOException {
        try (var folders = Files.list(results)) {
            return folders.filter(folder -> folder.toString().endsWith("-" + experiment))
                    .findFirst()
                    .orElseThrow();
        }
    }

    JsonNode summary(String run) throws IOException {
        return JSON.readTree(results.resolve(run).resolve("summary.json").toFile());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(page(path)).build(), BodyHandlers.ofString());
    }

    int status(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(page(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).statusCode();
    }

    @Override
    public void close() {
        process.close();
    }
}
