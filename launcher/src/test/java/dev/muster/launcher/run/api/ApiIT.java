package dev.muster.launcher.run.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.kube.ServerBinaries;
import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.testing.ApiServer;
import dev.muster.testing.Cable;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiment in real processes, against a real kube-apiserver. */
class ApiIT {
    @TempDir
    private Path results;

    @Test
    void shouldLoadItsOwnServerAndReadNoKubeconfig() throws Exception {
        var environment = Map.of(
                ServerBinaries.VARIABLE,
                ApiServer.binaries().toString(),
                "KUBECONFIG",
                "/no/such/kubeconfig",
                "MUSTER_KUBE_SERVER",
                "https://192.0.2.1:6443");
        try (var process = LauncherProcess.start(
                environment,
                "run",
                "api",
                "--server=local",
                "--objects=150",
                "--rate=100",
                "--population=50",
                "--warm-up=50",
                "--output=json",
                "--results=" + results)) {
            int code = process.awaitExit();

            // A busy machine makes a run invalid, and that is no failure of the code.
            assertThat(code).as(String.join("\n", process.errors())).isIn(0, 5);
            var printed = new JsonObject(String.join("\n", process.output()));
            assertThat(printed.getJsonObject("metrics").fieldNames())
                    .containsExactlyInAnyOrderElementsOf(
                            Catalogue.of("api").orElseThrow().ids());
            assertThat(value(printed, "api.planned")).isEqualTo(300);
            assertThat(value(printed, "api.intended")).isEqualTo(300);
            assertThat(value(printed, "api.done")).isEqualTo(300);
            assertThat(value(printed, "api.watch.events")).isEqualTo(300);
            assertThat(count(printed, "api.informer.queue_time"))
                    .isEqualTo((long) value(printed, "api.informer.dequeued"));
            assertThat(count(printed, "api.informer.queue_time")).isPositive();
            assertThat(value(printed, "api.watch.missed")).isZero();
            assertThat(count(printed, "api.create.latency")).isEqualTo(150);
            assertThat(count(printed, "api.delete.service")).isEqualTo(150);
            assertThat(count(printed, "api.patch.latency")).isZero();
            assertThat(count(printed, "api.watch.lag")).isEqualTo(150);
            assertThat(Files.readAllLines(folder().resolve("operations.csv"))).hasSize(300);
        }
    }

    @Test
    void shouldPatchWithWorkersThatWait() throws Exception {
        var server = ApiServer.shared();
        try (var process = LauncherProcess.start(
                "run",
                "api",
                "--kubeconfig=" + server.kubeconfig(),
                "--yes",
                "--mode=closed",
                "--rate=0",
                "--objects=60",
                "--threads=4",
                "--updates=2",
                "--output=json",
                "--results=" + results)) {
            int code = process.awaitExit();

            assertThat(code).as(String.join("\n", process.errors())).isIn(0, 5);
            var printed = new JsonObject(String.join("\n", process.output()));
            assertThat(value(printed, "api.done")).isEqualTo(240);
            // Both are of the driver's own clock; the connection was made when it warmed up.
            assertThat(value(printed, "api.duration"))
                    .isCloseTo(seconds(folder().resolve("operations.csv")), within(0.2));
            assertThat(count(printed, "api.patch.service")).isEqualTo(120);
            assertThat(count(printed, "api.watch.lag")).isEqualTo(180);
            assertThat(process.errors())
                    .anyMatch(line -> line.contains("cluster  " + server.url()))
                    .anyMatch(line -> line.contains("version  v1.36"))
                    .anyMatch(line -> line.matches("nodes    \\d+, 0 ready, room for 0 pods beside \\d+"))
                    .anyMatch(line -> line.startsWith("metrics  none: without metrics-server"))
                    .anyMatch(line -> line.contains("about to create and delete 60 ConfigMaps"));
        }
    }

    @Test
    void shouldLoadTheClusterThatItHasShownAndShowItOnce() throws Exception {
        var server = ApiServer.shared();
        try (var cable = new Cable(URI.create(server.url()).getPort())) {
            var shown = "https://127.0.0.1:" + cable.port();
            var environment = Map.of(
                    "MUSTER_KUBE_SERVER", shown,
                    "MUSTER_DRIVER_ENDPOINTS", "127.0.0.1:1",
                    "MUSTER_DRIVER_RESOURCE", "secrets");
            try (var process = LauncherProcess.start(
                    environment,
                    "run",
                    "api",
                    "--kubeconfig=" + server.kubeconfig(),
                    "--yes",
                    "--repeat=2",
                    "--rate=100",
                    "--objects=20",
                    "--population=20",
                    "--warm-up=0",
                    "--output=json",
                    "--results=" + results)) {
                int code = process.awaitExit();

                assertThat(code).as(String.join("\n", process.errors())).isIn(0, 5);
                var printed = new JsonObject(String.join("\n", process.output()));
                assertThat(value(printed, "api.done")).isEqualTo(40);
                assertThat(process.errors())
                        .filteredOn(line -> line.startsWith("cluster  "))
                        .singleElement()
                        .asString()
                        .contains(shown);
            }
        }
    }

    @Test
    void shouldShareTheLoadBetweenDriversAndHaveEveryWatcherHearOfAll() throws Exception {
        var server = ApiServer.shared();
        try (var process = LauncherProcess.start(
                "run",
                "api",
                "--kubeconfig=" + server.kubeconfig(),
                "--yes",
                "--drivers=2",
                "--watchers=2",
                "--objects=101",
                "--rate=50",
                "--population=20",
                "--warm-up=20",
                "--output=json",
                "--results=" + results)) {
            int code = process.awaitExit();

            assertThat(code).as(String.join("\n", process.errors())).isIn(0, 5);
            var printed = new JsonObject(String.join("\n", process.output()));
            assertThat(value(printed, "api.done")).isEqualTo(202);
            assertThat(value(printed, "api.watch.events")).isEqualTo(404);
            assertThat(value(printed, "api.watch.missed")).isZero();
            assertThat(Files.readAllLines(folder().resolve("operations.csv"))).hasSize(102);
            assertThat(Files.readAllLines(folder().resolve("operations-2.csv"))).hasSize(100);
        }
    }

    @Test
    void shouldKeepItsResultWhenTheServerStallsAndTheRunIsInterrupted() throws Exception {
        var server = ApiServer.shared();
        try (var cable = new Cable(URI.create(server.url()).getPort());
                var process = LauncherProcess.start(
                        "run",
                        "api",
                        "--kubeconfig=" + server.kubeconfig(),
                        "--kube-server=https://127.0.0.1:" + cable.port(),
                        "--yes",
                        "--rate=50",
                        "--objects=2000",
                        "--population=100000",
                        "--warm-up=0",
                        "--results=" + results)) {
            process.awaitLine("of 4,000 operations done");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> done() > 50);
            cable.stall();
            process.interrupt();

            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isEqualTo(130);
            var summary = summary();
            assertThat(summary.getString("state")).isEqualTo("interrupted");
            assertThat(value(summary, "api.done")).isGreaterThan(50);
            assertThat(value(summary, "api.intended"))
                    .isEqualTo(value(summary, "api.done")
                            + value(summary, "api.failed")
                            + value(summary, "api.dropped")
                            + value(summary, "api.unknown"));
        }
    }

    private double done() throws Exception {
        var metrics = summary().getJsonObject("metrics");
        return metrics.containsKey("api.done")
                ? metrics.getJsonObject("api.done").getDouble("value")
                : 0;
    }

    private JsonObject summary() throws Exception {
        return new JsonObject(Files.readString(folder().resolve("summary.json")));
    }

    /** From the first request to the last answer. */
    private static double seconds(Path operations) throws Exception {
        var time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
        var lines = Files.readAllLines(operations);
        var first = lines.stream()
                .map(line -> line.split(",", -1)[0])
                .sorted()
                .findFirst()
                .orElseThrow();
        var last = lines.stream()
                .map(line -> line.split(",", -1)[1])
                .max(String::compareTo)
                .orElseThrow();
        return Duration.between(LocalDateTime.parse(first, time), LocalDateTime.parse(last, time))
                        .toNanos()
                / 1e9;
    }

    private Path folder() throws Exception {
        try (var folders = Files.list(results)) {
            return folders.filter(Files::isDirectory)
                    .filter(each -> Files.exists(each.resolve("summary.json")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static double value(JsonObject summary, String metric) {
        return summary.getJsonObject("metrics").getJsonObject(metric).getDouble("value");
    }

    private static long count(JsonObject summary, String metric) {
        return summary.getJsonObject("metrics").getJsonObject(metric).getLong("count");
    }
}
