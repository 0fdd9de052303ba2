package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.catalogue.ResultMetric;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a real process, with everything that it starts. */
class RunIT {
    @TempDir
    private Path results;

    @Test
    @Tag("smoke")
    void shouldRegisterEveryMinionAndWriteTheSameResultThatItPrints() throws Exception {
        try (var process = LauncherProcess.start(
                "run", "boot", "--minions=300", "--ramp=500ms", "--output=json", "--results=" + results)) {
            int code = process.awaitExit();

            // A busy machine makes a run invalid, and that is no failure of the code.
            assertThat(code).as(String.join("\n", process.errors())).isIn(0, 5);
            var printed = new JsonObject(String.join("\n", process.output()));
            assertThat(printed).isEqualTo(summary());
            assertThat(printed.getInteger("version")).isEqualTo(1);
            assertThat(printed.getJsonObject("verdict").getString("word")).isEqualTo(code == 0 ? "VALID" : "INVALID");
            assertThat(value(printed, "boot.registered")).isEqualTo(300);
            assertThat(value(printed, "boot.lost")).isZero();
            assertThat(value(printed, "boot.unsent")).isZero();
            var latency = printed.getJsonObject("metrics").getJsonObject("boot.register.latency");
            assertThat(latency.getLong("count")).isEqualTo(300);
            assertThat(latency.getDouble("p99")).isGreaterThanOrEqualTo(latency.getDouble("p50"));
            assertThat(latency.getValue("p999")).isNull();
            assertThat(printed.getJsonObject("metrics")
                            .getJsonObject("boot.latency")
                            .getLong("count"))
                    .isEqualTo(300);
            assertThat(Files.readAllLines(folder().resolve("minions.csv"))).hasSize(301);
            assertThatItYieldsItsCatalogue(printed.getJsonObject("metrics"));
        }
    }

    private static void assertThatItYieldsItsCatalogue(JsonObject metrics) {
        var catalogue = Catalogue.of("boot").orElseThrow();
        assertThat(metrics.fieldNames()).containsExactlyInAnyOrderElementsOf(catalogue.ids());
        assertThat(catalogue.metrics()).allSatisfy(metric -> {
            var measured = metrics.getJsonObject(metric.id());
            assertThat(measured.getString("unit")).isEqualTo(metric.unit().symbol());
            assertThat(measured.containsKey("value")).isEqualTo(metric.kind() == ResultMetric.Kind.VALUE);
        });
    }

    @Test
    void shouldPrintTheVerdictBeforeAnyNumber() throws Exception {
        try (var process = LauncherProcess.start("run", "boot", "--minions=5", "--ramp=0", "--results=" + results)) {
            process.awaitExit();

            assertThat(process.output().get(0)).containsPattern("^(IN)?VALID  run .*-boot, minions 5");
            assertThat(process.output())
                    .anyMatch(line -> line.matches("boot\\.registered +5"))
                    .anyMatch(line -> line.matches("boot\\.register\\.latency ms +5 .* - +- +[0-9.]+")); // p99, p99.9
        }
    }

    @Test
    void shouldKeepWhatWasMeasuredWhenInterrupted() throws Exception {
        try (var process = LauncherProcess.start(
                "run", "boot", "--minions=100000", "--ramp=1h", "--output=json", "--results=" + results)) {
            process.awaitLine("registered,");
            process.terminate();

            assertThat(process.awaitExit()).isEqualTo(143);
            var summary = summary();
            assertThat(summary.getString("state")).isEqualTo("interrupted");
            double all = value(summary, "boot.registered")
                    + value(summary, "boot.rejected")
                    + value(summary, "boot.unsent")
                    + value(summary, "boot.lost");
            assertThat(all).isEqualTo(100_000);
            assertThat(value(summary, "boot.unsent")).isGreaterThan(90_000);
            assertThat(Files.readString(folder().resolve("report.html"))).contains("Interrupted: Ctrl-C or SIGTERM");
        }
    }

    @Test
    void shouldTellEveryWrongOptionBeforeAnythingStarts() throws Exception {
        try (var process = LauncherProcess.start(
                "run", "boot", "--minions=0", "--rampp=1", "--output=xml", "--results=" + results)) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(process.errors())
                    .anyMatch(line -> line.contains("--minions must be 1 to"))
                    .anyMatch(line -> line.contains("--rampp: no such option; did you mean --ramp?"))
                    .anyMatch(line -> line.contains("--output"));
            assertThat(results).isEmptyDirectory();
        }
    }

    @Test
    void shouldNameTheExperimentsWhenTheWordIsWrong() throws Exception {
        try (var process = LauncherProcess.start("run", "bot")) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(process.errors())
                    .anyMatch(line -> line.contains("bot: no such experiment") && line.contains("boot"));
        }
    }

    private JsonObject summary() throws IOException {
        return new JsonObject(Files.readString(folder().resolve("summary.json")));
    }

    private Path folder() throws IOException {
        List<Path> folders;
        try (var found = Files.list(results)) {
            folders = found.toList();
        }
        assertThat(folders).hasSize(1);
        return folders.get(0);
    }

    private static double value(JsonObject summary, String metric) {
        return summary.getJsonObject("metrics").getJsonObject(metric).getDouble("value");
    }
}
