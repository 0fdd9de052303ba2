package dev.muster.launcher.run.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.catalogue.Catalogue;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiment {@code connections}: a run in a real process, and its engines in another one. */
class ConnectionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path results;

    private LauncherProcess run(String... options) throws IOException {
        var arguments = new ArrayList<>(List.of("run", "connections", "--engines=50", "--ramp=1s", "--heartbeat=1s"));
        arguments.addAll(List.of(options));
        arguments.add("--results=" + results);
        return LauncherProcess.start(arguments.toArray(String[]::new));
    }

    @Test
    void shouldHoldEveryEngineAndAccountForEveryHeartbeat() throws Exception {
        try (var process = run("--duration=4s", "--warm-up=20", "--output=json")) {
            // A busy machine makes a run invalid, and that is no failure of the code.
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isIn(0, 5);

            var summary = new JsonObject(String.join("\n", process.output()));
            assertThat(summary.getJsonObject("metrics").fieldNames())
                    .containsExactlyInAnyOrderElementsOf(
                            Catalogue.of("connections").orElseThrow().ids());
            assertThat(value(summary, "held")).isEqualTo(50);
            assertThat(value(summary, "heartbeats.sent")).isGreaterThanOrEqualTo(150);
            assertThat(value(summary, "heartbeats.received")).isEqualTo(value(summary, "heartbeats.sent"));
            assertThat(value(summary, "heartbeats.unaccounted")).isZero();
            assertThat(count(summary, "heartbeat.lateness"))
                    .as("the first of each connection is not expected")
                    .isEqualTo(number(summary, "heartbeats.sent") - 50)
                    .isEqualTo(number(summary, "heartbeats.on_time") + number(summary, "heartbeats.late"));
            assertThat(value(summary, "memory.heap")).as("too few to tell").isNull();
            assertThat(count(summary, "handshake.latency")).isEqualTo(50);
            assertThat(count(summary, "heartbeat.round_trip")).isEqualTo(value(summary, "heartbeats.sent"));
            assertThat(count(summary, "heartbeat.engine_lateness")).isEqualTo(value(summary, "heartbeats.sent"));
            assertThat(count(summary, "heartbeat.lateness")).isPositive();
            assertThat(folder().resolve("engine.log")).exists();
            assertThat(folder().resolve("connections.heartbeat.round_trip.hlog"))
                    .isNotEmptyFile();
            assertThat(folder().resolve("report.html")).isNotEmptyFile();
        }
    }

    @Test
    void shouldKeepWhatWasMeasuredAndLeaveNoProcessBehindWhenInterrupted() throws Exception {
        try (var process = run("--duration=1h", "--warm-up=20")) {
            await().atMost(PATIENCE).until(() -> summaryHas("heartbeats.received", 60));
            var engines = engines(process);
            // The terminal sends it to all of its processes.
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(engines.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            process.interrupt();

            assertThat(process.awaitExit()).isEqualTo(130);
            assertThat(engines.isAlive()).isFalse();
            var summary = summary();
            assertThat(summary.getString("state")).isEqualTo("interrupted");
            assertThat(value(summary, "held")).isEqualTo(50);
            assertThat(value(summary, "heartbeats.received")).isEqualTo(value(summary, "heartbeats.sent"));
        }
    }

    @Test
    void shouldFailAndKeepWhatWasMeasuredWhenTheEnginesAreKilled() throws Exception {
        try (var process = run("--duration=1h", "--warm-up=20")) {
            await().atMost(PATIENCE).until(() -> summaryHas("heartbeats.received", 60));

            engines(process).destroyForcibly();

            assertThat(process.awaitExit()).isEqualTo(4);
            assertThat(process.errors())
                    .anyMatch(line -> line.startsWith("the process engine has ended too early, with exit code 137;"));
            var summary = summary();
            assertThat(summary.getString("state")).isEqualTo("finished");
            assertThat(summary.getJsonArray("repetitions").getJsonObject(0).getBoolean("complete"))
                    .isFalse();
            assertThat(value(summary, "heartbeats.received")).isGreaterThanOrEqualTo(60);
            assertThat(folder().resolve("report.html")).isNotEmptyFile();
        }
    }

    @Test
    void shouldTakeTheEnginesAlongWhenItIsKilled() throws Exception {
        try (var process = run("--duration=1h", "--warm-up=20")) {
            process.awaitLine("engine management: ");
            var engines = engines(process);

            process.kill().awaitExit();

            await().atMost(PATIENCE).until(() -> !engines.isAlive());
        }
    }

    @Test
    void shouldHoldEnginesOfEitherProtocolAtABrokerElsewhere() throws Exception {
        try (var broker = LauncherProcess.start(
                "--role=broker",
                "--broker-port=0",
                "--broker-http-port=0",
                "--broker-heartbeat=1s",
                "--management-port=0")) {
            broker.awaitLine("Ctrl-C ends it");
            var line = broker.awaitLine("  broker  ").strip();
            var address = line.substring(line.lastIndexOf(' ') + 1);

            try (var process = run("--duration=2s", "--warm-up=20", "--broker=" + address)) {
                assertThat(process.awaitExit())
                        .as(String.join("\n", process.errors()))
                        .isIn(0, 5);
                var summary = summary();
                assertThat(value(summary, "held")).isEqualTo(50);
                assertThat(value(summary, "heartbeats.received")).isEqualTo(value(summary, "heartbeats.sent"));
                assertThat(value(summary, "heartbeats.late"))
                        .as("what only the broker knows")
                        .isNull();
            }
            delete();
            try (var process = run("--duration=2s", "--protocol=v1", "--warm-up=0", "--broker=" + address)) {
                assertThat(process.awaitExit())
                        .as(String.join("\n", process.errors()))
                        .isIn(0, 5);
                var summary = summary();
                assertThat(value(summary, "held")).isEqualTo(50);
                assertThat(value(summary, "heartbeats.received"))
                        .as("v1 acknowledges nothing")
                        .isNull();
            }
        }
    }

    private static ProcessHandle engines(LauncherProcess process) {
        return ProcessHandle.of(process.pid())
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow();
    }

    private boolean summaryHas(String metric, double least) throws IOException {
        try (var found = Files.list(results)) {
            if (found.findFirst().isEmpty() || !Files.exists(folder().resolve("summary.json"))) {
                return false;
            }
        }
        var value = value(summary(), metric);
        return value != null && value >= least;
    }

    private JsonObject summary() throws IOException {
        return new JsonObject(Files.readString(folder().resolve("summary.json")));
    }

    private static @Nullable Double value(JsonObject summary, String metric) {
        var measured = summary.getJsonObject("metrics").getJsonObject("connections." + metric);
        return measured == null ? null : measured.getDouble("value");
    }

    private static double number(JsonObject summary, String metric) {
        return Objects.requireNonNull(value(summary, metric), metric);
    }

    private static double count(JsonObject summary, String metric) {
        return summary.getJsonObject("metrics")
                .getJsonObject("connections." + metric)
                .getDouble("count");
    }

    private Path folder() throws IOException {
        try (var found = Files.list(results)) {
            return found.findFirst().orElseThrow();
        }
    }

    private void delete() throws IOException {
        try (var found = Files.walk(folder())) {
            for (var each : found.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }
}
