package dev.muster.launcher.run.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.catalogue.Catalogue;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run streams} in real processes: the users, the stand-in store and its MariaDB. */
class StreamsIT {
    @TempDir
    private Path results;

    @Test
    void shouldRunTheScenarioAgainstTheStandInAndLoseNothing() throws Exception {
        var run = run("--streams-duration=3s", "--streams-warm-up=1s", "--streams-users=4");

        assertThat(run.getJsonObject("metrics").fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        Catalogue.of("streams").orElseThrow().ids());
        double iterations = value(run, "streams.iterations");
        assertThat(iterations).isPositive();
        assertThat(value(run, "streams.http_reqs")).isBetween(21 * (iterations - 8), 21 * (iterations + 8));
        assertThat(value(run, "streams.checks")).isEqualTo(1);
        assertThat(value(run, "streams.events.read_back")).isGreaterThanOrEqualTo(10 * iterations);
        assertThat(value(run, "streams.events.lost")).isZero();
        assertThat(value(run, "streams.events.duplicated")).isZero();
        assertThat(metric(run, "streams.latency").getLong("count")).isZero();
        assertThat(value(run, "streams.checks.is_status_201")).isEqualTo(1);
        assertThat(value(run, "streams.checks.is_status_200")).isEqualTo(1);
        assertThat(value(run, "streams.store.cpu"))
                .isBetween(0.001, (double) Runtime.getRuntime().availableProcessors() + 0.5);
        assertThat(value(run, "streams.store.memory")).as("a JVM and MariaDB").isGreaterThan(100e6);
    }

    @Test
    void shouldBeginAtARateAndAppendInBatches() throws Exception {
        var run = run("--streams-duration=3s", "--streams-warm-up=1s", "--streams-rate=20", "--streams-batch=4");

        assertThat(value(run, "streams.iterations")).isBetween(30.0, 90.0);
        assertThat(metric(run, "streams.latency").getLong("count")).isBetween(30L, 90L);
        assertThat(metric(run, "streams.append.duration").getLong("count"))
                .as("three appends for ten events, some of them cut by the begin of the measurement")
                .isBetween(3 * 30L, 3 * 90L);
        assertThat(metric(run, "generator.lateness").getLong("count")).isPositive();
    }

    @Test
    void shouldRunAScenarioAgainstEachTargetAndCompareThem() throws Exception {
        var scenario = Files.write(
                results.resolve("batches.yaml"),
                List.of(
                        "name: batches",
                        "experiment: streams",
                        "streams: {streams-duration: 1s, streams-warm-up: 0s, streams-users: 2}",
                        "targets:",
                        "  one: {streams-batch: 1}",
                        "  ten: {streams-batch: 10}"));
        try (var process = LauncherProcess.start("run", scenario.toString(), "--results=" + results)) {
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isIn(0, 5);

            assertThat(process.output())
                    .anyMatch(line -> line.matches("warning: parameter streams-batch differs: A 1; B 10"))
                    .anyMatch(line -> line.matches("warning: parameter target differs: A one; B ten"))
                    .anyMatch(line -> line.matches("streams\\.http_reqs\\.rate +.* no difference shown"));
        }
        try (var made = Files.list(results)) {
            assertThat(made.filter(Files::isDirectory)).hasSize(2);
        }
    }

    @Test
    void shouldSayInOneLineWhatAnswersThatIsNoEventStore() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(405, -1);
            exchange.close();
        });
        server.start();
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        try (var process = LauncherProcess.start("run", "streams", "--streams-url=" + url, "--results=" + results)) {
            assertThat(process.awaitExit()).isEqualTo(1);

            assertThat(process.errors())
                    .contains("muster: " + url + " is no event store with AtomPub: to an append it answered"
                            + " 'HTTP/1.1 405 Method Not Allowed'");
        } finally {
            server.stop(0);
        }
    }

    private JsonObject run(String... more) throws Exception {
        var arguments = new java.util.ArrayList<>(List.of("run", "streams", "--output=json", "--results=" + results));
        arguments.addAll(List.of(more));
        try (var process = LauncherProcess.start(arguments.toArray(String[]::new))) {
            // A busy machine makes a run invalid, and that is no failure of the code.
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isIn(0, 5);
            return new JsonObject(String.join("\n", process.output()));
        }
    }

    private static JsonObject metric(JsonObject run, String name) {
        return run.getJsonObject("metrics").getJsonObject(name);
    }

    private static double value(JsonObject run, String name) {
        return metric(run, name).getDouble("value");
    }
}
