package dev.muster.launcher.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.Judgement;
import dev.muster.launcher.result.Result.Repetition;
import dev.muster.launcher.result.ResultFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a pipeline calls it. */
class CompareIT {
    private static final Judgement VALID = new Judgement("VALID", List.of(), List.of());

    @TempDir
    private Path results;

    @Test
    @Tag("smoke")
    void shouldExitWith99WhenARunIsShownToBeSlowerThanAllowed() throws Exception {
        try (var process =
                LauncherProcess.start("compare", run(500, 501, 502), run(400, 401, 402), "--fail-if-slower=5%")) {
            assertThat(process.awaitExit()).isEqualTo(99);
            assertThat(process.output())
                    .anyMatch(line -> line.matches("boot\\.rate +501 /s +401 /s +-100 /s +0\\.800 .* slower"))
                    .contains("failed: boot.rate is worse by more than 5 %");
            assertThat(process.errors()).isEmpty();
        }
    }

    @Test
    void shouldExplainItselfWithoutAWarning() throws Exception {
        try (var process = LauncherProcess.start("compare", "--help")) {
            assertThat(process.awaitExit()).isZero();
            assertThat(process.output()).first().asString().startsWith("Usage: muster compare RESULTS_A RESULTS_B");
            assertThat(process.output()).anyMatch(line -> line.contains("such as 5%:"));
            assertThat(process.errors()).isEmpty();
        }
    }

    private String run(int... rates) throws IOException {
        var folder = ResultFolder.create(results, "boot", Instant.EPOCH);
        var repetitions = IntStream.range(0, rates.length)
                .mapToObj(i -> new Repetition(
                        i + 1,
                        Instant.EPOCH.toString(),
                        2.5,
                        true,
                        VALID,
                        Map.of("boot.rate", Measurement.value(rates[i], "/s"))))
                .toList();
        folder.write(new Result(
                Result.VERSION,
                folder.run(),
                "boot",
                Map.of(),
                new Environment("host", 2, 1, "Linux", "some", "17", List.of(), "0.1", Map.of()),
                Instant.EPOCH.toString(),
                7.5,
                Result.State.FINISHED,
                VALID,
                List.of(),
                Map.of(),
                repetitions));
        return folder.path().toString();
    }
}
