package dev.muster.launcher.run.stress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.catalogue.Catalogue;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiment stress in a real process, with pods that are processes of their own. */
class StressRunIT {
    @TempDir
    private Path results;

    private JsonObject run(String... options) throws Exception {
        return run(Map.of(), options);
    }

    private JsonObject run(Map<String, String> environment, String... options) throws Exception {
        try (var process = start(environment, options)) {
            int code = process.awaitExit();
            // A busy machine makes a run invalid, and that is no failure of the code.
            assertThat(code).as(String.join("\n", process.errors())).isIn(0, 5);
            return metrics(process);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static JsonObject metrics(LauncherProcess process) {
        return new JsonObject(String.join("\n", process.output())).getJsonObject("metrics");
    }

    private LauncherProcess start(Map<String, String> environment, String... options) throws IOException {
        var all = new String[options.length + 4];
        all[0] = "run";
        all[1] = "stress";
        all[2] = "--output=json";
        all[3] = "--results=" + results;
        System.arraycopy(options, 0, all, 4, options.length);
        return LauncherProcess.start(environment, all);
    }

    private static double value(JsonObject metrics, String name) {
        return metrics.getJsonObject("stress." + name).getDouble("value");
    }

    private Path folder() throws IOException {
        try (var all = Files.list(results)) {
            return all.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private List<String[]> rows(String file) throws IOException {
        return Files.readAllLines(folder().resolve(file)).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    @Test
    void shouldAskAllPodsTogetherForAProfileAndTellWhatTheyDelivered() throws Exception {
        var metrics = run("--pods=2", "--profile=steps", "--steps=2", "--load=40", "--duration=6s");

        assertThat(metrics.fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        Catalogue.of("stress").orElseThrow().ids());
        assertThat(value(metrics, "pods")).isEqualTo(2);
        // 0.2 cores for 3 s and 0.4 for 3 s, in beats of half a second.
        assertThat(value(metrics, "asked")).isBetween(1.4, 2.4);
        assertThat(value(metrics, "requested")).isBetween(0.95 * value(metrics, "asked"), 2.4);
        assertThat(value(metrics, "delivered")).isBetween(0.5, value(metrics, "requested") * 1.05);
        assertThat(value(metrics, "share")).isBetween(0.3, 1.05);
        for (var nobody : List.of("autoscaler.decision", "autoscaler.work", "autoscaler.all_work")) {
            assertThat(metrics.getJsonObject("stress." + nobody).getValue("value"))
                    .as(nobody)
                    .isNull();
        }
        var asked = rows("load.csv").stream().map(row -> row[1]).distinct().toList();
        assertThat(asked).contains("0.2000", "0.4000");
        assertThat(rows("pods.csv")).hasSize(2).allMatch(row -> Double.parseDouble(row[6]) > 0);
        assertThat(Files.readString(folder().resolve("report.html")))
                .contains("Load, pods and CPU", "\"type\":\"load\"");
    }

    @Test
    void shouldSpreadRequestsOverThePodsAndStressOneOfThem() throws Exception {
        var metrics = run("--pods=2", "--profile=balance", "--duration=6s", "--rate=20");

        assertThat(value(metrics, "requests")).isEqualTo(120);
        assertThat(value(metrics, "requests.failed")).isZero();
        assertThat(value(metrics, "requests.pods")).isEqualTo(2);
        assertThat(value(metrics, "requests.spread")).isBetween(1.0, 1.1);
        assertThat(metrics.getJsonObject("stress.latency.before").getLong("count"))
                .isEqualTo(60);
        assertThat(metrics.getJsonObject("stress.latency.after").getLong("count"))
                .isEqualTo(60);
        assertThat(value(metrics, "requested")).as("one core for 3 s").isBetween(2.5, 3.1);
        assertThat(rows("balance.csv").stream()
                        .filter(row -> row[2].equals("true"))
                        .map(row -> row[1])
                        .distinct())
                .as(
                        "one pod accepted the load: %s",
                        rows("balance.csv").stream().map(Arrays::toString).toList())
                .hasSize(1);
    }

    private static HttpServer server(int status, String path) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Muster-Pod", "pinned");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals(path) ? status : 200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void shouldFailWhenNoPodTakesTheLoadAndTellNothingOfPodsThatItDoesNotHear() throws Exception {
        var server = server(403, "/stress");
        var url = "http://127.0.0.1:" + server.getAddress().getPort();

        try (var process =
                start(Map.of(), "--pods=0", "--url=" + url, "--profile=balance", "--duration=2s", "--rate=20")) {
            assertThat(process.awaitExit()).isEqualTo(4);
            assertThat(process.errors()).anyMatch(line -> line.contains("/stress was answered 403"));
            var metrics = metrics(process);
            assertThat(value(metrics, "requests.failed")).isZero();
            for (var unknown : List.of("requests.spread", "requested", "delivered", "throttled", "asked")) {
                assertThat(metrics.getJsonObject("stress." + unknown).getValue("value"))
                        .as(unknown)
                        .isNull();
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldNotTakeThePastOfPodsThatRunAlreadyForItsOwnLoad() throws Exception {
        var member = "127.0.0.1:" + freePort();
        try (var pod = LauncherProcess.start(
                Map.of("POD_NAME", "there-before"),
                "--role=stress",
                "--stress-port=0",
                "--management-port=0",
                "--cluster=tcp:" + member,
                "--cluster-host=127.0.0.1",
                "--cluster-port=" + member.split(":", 2)[1])) {
            pod.get("stress", "/stress?seconds=3&load=50&wait=true");

            var metrics = run(
                    Map.of("MUSTER_CLUSTER_HOST", "127.0.0.1", "MUSTER_CLUSTER_PORT", "0"),
                    "--pods=0",
                    "--cluster=tcp:" + member,
                    "--steps=1",
                    "--load=20",
                    "--duration=4s");

            assertThat(value(metrics, "pods")).isEqualTo(1);
            assertThat(value(metrics, "requested")).as("0.2 cores for 4 s").isBetween(0.7, 1.2);
        }
    }
}
