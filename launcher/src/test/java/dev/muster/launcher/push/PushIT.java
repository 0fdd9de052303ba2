package dev.muster.launcher.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.push.Receiver.Series;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run shows to the user's own monitoring, pushed and scraped. */
class PushIT {
    @TempDir
    private Path results;

    @Test
    void shouldPushWhatARunMeasuresAndGoOnWhenAReceiverIsDead() throws Exception {
        int dead;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = socket.getLocalPort();
        }
        try (var receiver = Receiver.answering(204);
                var process = LauncherProcess.start(
                        "run",
                        "boot",
                        "--minions=50",
                        "--ramp=3s",
                        "--output=json",
                        "--results=" + results,
                        "--push=remote-write:" + receiver.url(""),
                        "--push=otlp:http://127.0.0.1:" + dead)) {
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isIn(0, 5);

            var result = new JsonObject(String.join("\n", process.output()));
            assertThat(receiver.pushed()).as("during the run, and at its end").hasSizeGreaterThanOrEqualTo(2);
            var last = receiver.pushed().get(receiver.pushed().size() - 1);
            assertThat(Receiver.series(last.body()))
                    .allSatisfy(series -> assertThat(series.labels())
                            .containsEntry("run", result.getString("run"))
                            .containsEntry("experiment", "boot")
                            .containsKey("pod"))
                    .anySatisfy(series -> assertLast(series, "muster_minion_register_latency_seconds_count", 50))
                    .anySatisfy(series ->
                            assertThat(series.labels()).containsEntry("__name__", "jvm_threads_live_threads"));
            assertThat(process.errors())
                    .filteredOn(line -> line.startsWith("warning: a push to"))
                    .singleElement()
                    .asString()
                    .contains("otlp:http://127.0.0.1:" + dead);
        }
    }

    @Test
    void shouldPushWhatEveryProcessOfARunMeasures() throws Exception {
        try (var receiver = Receiver.answering(204);
                var process = LauncherProcess.start(
                        "run",
                        "connections",
                        "--engines=20",
                        "--ramp=0",
                        "--duration=3s",
                        "--warm-up=0",
                        "--results=" + results,
                        "--push=remote-write:" + receiver.url(""))) {
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isIn(0, 5);

            var series = new ArrayList<Map<String, String>>();
            for (var push : receiver.pushed()) {
                Receiver.series(push.body()).forEach(each -> series.add(each.labels()));
            }
            assertThat(series)
                    .allSatisfy(labels -> assertThat(labels).containsEntry("experiment", "connections"))
                    .anySatisfy(labels -> assertThat(labels)
                            .containsEntry("__name__", "muster_broker_registered_total")
                            .extractingByKey("pod")
                            .asString()
                            .doesNotEndWith("-engine"))
                    .anySatisfy(labels -> assertThat(labels)
                            .containsEntry("__name__", "muster_engine_registered_total")
                            .extractingByKey("pod")
                            .asString()
                            .endsWith("-engine"));
        }
    }

    private static void assertLast(Series series, String name, double value) {
        assertThat(series.labels()).containsEntry("__name__", name);
        assertThat(series.samples().values().iterator().next()).isEqualTo(value);
    }

    @Test
    void shouldKeepTheMetricsUpAfterARunUntilCtrlCAndKeepItsOwnExitCode() throws Exception {
        try (var process = LauncherProcess.start(
                "run", "boot", "--minions=5", "--ramp=0", "--linger=5m", "--output=json", "--results=" + results)) {
            var management = process.awaitLine("management: http");
            process.awaitLine("Ctrl-C ends it");

            var result = new JsonObject(String.join("\n", process.output()));
            var page = get(management.substring(management.indexOf("http")) + "/metrics");
            assertThat(page.lines()).contains("muster_minion_register_latency_seconds_count 5");

            process.interrupt();

            int own = result.getJsonObject("verdict").getString("word").equals("VALID") ? 0 : 5;
            assertThat(process.awaitExit()).isEqualTo(own);
        }
    }

    @Test
    void shouldEndByItselfWhenTheTimeIsOver() throws Exception {
        try (var process = LauncherProcess.start(
                "run", "boot", "--minions=5", "--ramp=0", "--linger=1s", "--repeat=2", "--results=" + results)) {
            assertThat(process.awaitExit()).isIn(0, 5);
            assertThat(process.errors())
                    .filteredOn(line -> line.contains("Ctrl-C ends it"))
                    .hasSize(1);
        }
    }

    @Test
    void shouldTellWhichTargetIsWrongBeforeAnythingStarts() throws Exception {
        try (var process = LauncherProcess.start(
                Map.of(), "run", "boot", "--push=statsd:http://a", "--linger=soon", "--results=" + results)) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(List.copyOf(process.errors()))
                    .anyMatch(line -> line.contains("--push: must be otlp:URL or remote-write:URL"))
                    .anyMatch(line -> line.contains("--linger: must be a duration"));
            assertThat(results).isEmptyDirectory();
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
