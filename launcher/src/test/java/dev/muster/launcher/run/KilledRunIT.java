package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.result.Measurement.Distributed;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk while a run goes on, and when it ends. */
class KilledRunIT {
    @TempDir
    private Path results;

    @Test
    void shouldLeaveResultsUpToTheLastSecondWhenKilled() throws Exception {
        try (var process = LauncherProcess.start(
                "run", "boot", "--minions=100000", "--ramp=10m", "--warm-up=100", "--results=" + results)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> recordedSeconds() >= 4);
            assertThat(report()).contains("Still running");
            process.kill();
            process.awaitExit();
        }

        var folder = ResultFolder.open(folder());
        var result = folder.read();
        assertThat(result.state()).isEqualTo(Result.State.RUNNING);
        assertThat(result.parameters()).containsEntry("minions", "100000");
        var latency = (Distributed) result.metrics().get("boot.register.latency");
        assertThat(latency).isNotNull();
        assertThat(latency.count()).isPositive();
        // The log is written before the summary: it may be one second ahead, never behind.
        assertThat(logged("boot.register.latency")).isGreaterThanOrEqualTo(latency.count());
        assertThat(Files.readString(folder.file("timeline.csv"))).endsWith("\n").contains(",boot.register.latency,");
        assertThat(Files.readString(folder.file("metrics.csv"))).contains("all,boot.register.latency,ms,,");

        assertThat(report()).contains("Killed: no process works on this run any more", "boot.register.latency");
    }

    @Test
    void shouldRecordExactlyWhatTheSummarySays() throws Exception {
        try (var process =
                LauncherProcess.start("run", "boot", "--minions=600", "--ramp=2500ms", "--results=" + results)) {
            assertThat(process.awaitExit()).isIn(0, 5);
        }

        var result = ResultFolder.open(folder()).read();
        for (var name : List.of("boot.register.latency", "boot.register.service", "generator.lateness")) {
            var summed = (Distributed) result.metrics().get(name);
            assertThat(summed).as(name).isNotNull();
            assertThat(logged(name)).as(name).isEqualTo(summed.count());
        }
        assertThat(recordedSeconds()).isGreaterThanOrEqualTo(3);
        assertThat(counted("minion.acknowledged")).isEqualTo(600);
    }

    /** The page as another process makes it. */
    private String report() throws Exception {
        try (var report = LauncherProcess.start("report", folder().toString())) {
            assertThat(report.awaitExit()).isZero();
        }
        return Files.readString(folder().resolve("report.html"));
    }

    private long logged(String metric) throws IOException {
        long count = 0;
        try (var reader =
                new HistogramLogReader(folder().resolve(metric + ".hlog").toFile())) {
            while (reader.nextIntervalHistogram() instanceof Histogram interval) {
                count += interval.getTotalCount();
            }
        }
        return count;
    }

    private long counted(String counter) throws IOException {
        return lines(counter).stream()
                .mapToLong(line -> Long.parseLong(line.split(",", -1)[6]))
                .sum();
    }

    private int recordedSeconds() throws IOException {
        return lines("boot.register.latency").size();
    }

    private List<String> lines(String metric) throws IOException {
        try (var found = Files.find(results, 2, (path, file) -> path.endsWith("timeline.csv"))) {
            var timeline = found.findFirst();
            return timeline.isEmpty()
                    ? List.of()
                    : Files.readAllLines(timeline.get()).stream()
                            .filter(line -> line.contains("," + metric + ","))
                            .toList();
        }
    }

    private Path folder() throws IOException {
        try (var found = Files.list(results)) {
            return found.findFirst().orElseThrow();
        }
    }
}
