package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.LauncherProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run X --faults=FILE} in real processes: the store is killed under load and comes back. */
class FaultsIT {
    @TempDir
    private Path folder;

    /** Once with its MariaDB, and once alone: MariaDB then ends by itself and is started with the store. */
    @Test
    void shouldLoseNothingWhenTheStoreIsKilledWithItsDatabaseAndComesBack() throws Exception {
        var faults = faults(
                "  - {at: 4s, stop-process: store, children: true, back: 500ms}",
                "  - {at: 22s, stop-process: store, back: 500ms}");

        var run = run("streams", "--streams-duration=40s", "--streams-warm-up=1s", "--streams-users=4", faults);

        var told = run.getJsonArray("repetitions").getJsonObject(0).getJsonArray("faults");
        assertThat(told).hasSize(2);
        long failed = 0;
        for (int i = 0; i < 2; i++) {
            var fault = told.getJsonObject(i);
            assertThat(fault.getBoolean("done")).as(fault.encode()).isTrue();
            assertThat(fault.getDouble("beganSeconds")).isGreaterThanOrEqualTo(fault.getDouble("plannedSeconds"));
            var impact = fault.getJsonObject("impact");
            double down = fault.getDouble("overSeconds") - fault.getDouble("beganSeconds");
            assertThat(impact.getDouble("outageSeconds"))
                    .as("nothing succeeds while the store is away, and it is away for some of %s s", down)
                    .isGreaterThan(0.5)
                    .isLessThan(down + 15);
            assertThat(impact.getBoolean("outageOver")).isTrue();
            assertThat(impact.getInteger("usersOut")).isZero();
            assertThat(impact.getDouble("userOutageMaxSeconds"))
                    .as("no user succeeds while nobody does")
                    .isGreaterThanOrEqualTo(impact.getDouble("outageSeconds") - 0.01);
            assertThat(impact.getLong("failedChecks")).isPositive();
            assertThat(impact.getDouble("throughputBefore")).isPositive();
            assertThat(impact.getDouble("throughputLowest")).isZero();
            assertThat(impact.getLong("lostEvents")).isZero();
            assertThat(impact.getLong("duplicatedEvents")).isZero();
            failed += impact.getLong("failedChecks");
        }
        assertThat(value(run, "streams.faults")).isEqualTo(2);
        assertThat(value(run, "streams.events.lost")).isZero();
        assertThat(value(run, "streams.events.duplicated")).isZero();
        assertThat(value(run, "streams.faults.failed")).isEqualTo((double) failed);
        assertThat(value(run, "streams.checks.failed")).isEqualTo((double) failed);
        assertThat(value(run, "streams.events.read_back")).isPositive();
        assertThat(run.getJsonObject("metrics")
                        .getJsonObject("streams.outage.users")
                        .getLong("count"))
                .isEqualTo(8);
        assertThat(run.getJsonObject("verdict").getJsonArray("reasons").encode())
                .as("what the run did itself does not speak against it")
                .doesNotContain("process-restarted")
                .doesNotContain("measurements-lost");
        var report = Files.readString(Path.of(run.getString("folder")).resolve("report.html"));
        assertThat(report).contains("1 stop-process store").contains("\"marks\":[{\"seconds\":");
    }

    @Test
    void shouldDoFaultsInAnyExperiment() throws Exception {
        var faults = faults("  - {at: 1s, stop-process: pod-1, signal: TERM, back: 500ms}");

        var run = run("stress", "--pods=2", "--duration=20s", "--load=10", faults);

        var fault = run.getJsonArray("repetitions")
                .getJsonObject(0)
                .getJsonArray("faults")
                .getJsonObject(0);
        assertThat(fault.getBoolean("done")).as(fault.encode()).isTrue();
        assertThat(fault.getString("outcome")).isEqualTo("stopped, and started again");
        assertThat(fault.getJsonObject("impact")).isNull();
    }

    @Test
    void shouldTellWhatIsWrongWithTheFaultsBeforeAnythingStarts() throws Exception {
        var faults = faults("  - {at: 1s, stop-process: stor}", "  - {at: 1, stop-process: store, back: soon}");
        try (var process = LauncherProcess.start("run", "streams", faults, "--results=" + folder.resolve("none"))) {
            assertThat(process.awaitExit()).isEqualTo(2);

            assertThat(process.errors()).anyMatch(line -> line.contains("faults.yaml:3: back: must be a duration"));
        }
        var unknown = faults("  - {at: 1s, stop-process: stor}");
        try (var process = LauncherProcess.start("run", "streams", unknown, "--results=" + folder.resolve("none"))) {
            assertThat(process.awaitExit()).isEqualTo(2);

            assertThat(process.errors())
                    .anyMatch(
                            line -> line.contains(
                                    "faults.yaml:2: stop-process: this run starts no process 'stor', but store; did you mean store?"));
        }
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private String faults(String... faults) throws IOException {
        var lines = new ArrayList<>(List.of("faults:"));
        lines.addAll(List.of(faults));
        return "--faults=" + Files.write(folder.resolve("faults.yaml"), lines);
    }

    private JsonObject run(String experiment, String... more) throws Exception {
        var results = folder.resolve("results");
        var arguments = new ArrayList<>(List.of("run", experiment, "--output=json", "--results=" + results));
        arguments.addAll(List.of(more));
        try (var process = LauncherProcess.start(arguments.toArray(String[]::new))) {
            // On a busy machine a run may be invalid, and its throughput not back before it ends.
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isIn(0, 4, 5);
            var run = new JsonObject(String.join("\n", process.output()));
            return run.put("folder", results.resolve(run.getString("run")).toString());
        }
    }

    private static double value(JsonObject run, String name) {
        return run.getJsonObject("metrics").getJsonObject(name).getDouble("value");
    }
}
