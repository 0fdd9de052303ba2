package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.LauncherProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose process gets no processor for a while, as on a machine that is overbooked. */
class PausedRunIT {
    private static final Duration PAUSE = Duration.ofMillis(1_500);
    private static final double SHORTER_MILLIS = 1_000;

    @TempDir
    private Path results;

    @Test
    void shouldNotBelieveARunWhoseProcessWasPaused() throws Exception {
        try (var process = start()) {
            process.awaitLine("registered,");

            process.pause(PAUSE);

            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isEqualTo(5);
            var result = result(process);
            assertThat(codes(result)).contains("generator-late", "loop-delayed");
            assertThat(longest(result, "generator.lateness")).isGreaterThan(SHORTER_MILLIS);
            assertThat(longest(result, "process.loop.delay")).isGreaterThan(SHORTER_MILLIS);
        }
    }

    @Test
    void shouldTellOfNoSuchPauseWhenThereWasNone() throws Exception {
        try (var process = start()) {
            // A busy machine makes a run invalid too; it does not stop it for a second.
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isIn(0, 5);
            var result = result(process);
            assertThat(longest(result, "generator.lateness")).isLessThan(SHORTER_MILLIS);
            assertThat(longest(result, "process.loop.delay")).isLessThan(SHORTER_MILLIS);
        }
    }

    private LauncherProcess start() throws Exception {
        return LauncherProcess.start(
                "run", "boot", "--minions=600", "--ramp=4s", "--output=json", "--results=" + results);
    }

    private static JsonObject result(LauncherProcess process) {
        return new JsonObject(String.join("\n", process.output()));
    }

    private static Stream<String> codes(JsonObject result) {
        return result.getJsonObject("verdict").getJsonArray("reasons").stream()
                .map(reason -> ((JsonObject) reason).getString("code"));
    }

    private static double longest(JsonObject result, String metric) {
        return result.getJsonObject("metrics").getJsonObject(metric).getDouble("max");
    }
}
