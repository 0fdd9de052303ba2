package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.catalogue.BootMetric;
import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.State;
import dev.muster.launcher.threshold.Asked;
import dev.muster.launcher.threshold.Threshold;
import dev.muster.measure.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoundTest {
    private static final Verdict VALID = new Verdict(List.of(), List.of(reason("not-durable", "in memory")));
    private static final Verdict INVALID = new Verdict(List.of(reason("gc-paused", "300 ms")), VALID.notes());

    @Test
    void shouldBeInvalidWhenOneRepetitionIsAndSayWhich() {
        var result = found(findings(0, VALID), findings(0, INVALID)).result(State.FINISHED);

        assertThat(result.verdict().word()).isEqualTo("INVALID");
        assertThat(result.verdict().reasons())
                .extracting(Verdict.Reason::observed)
                .containsExactly("300 ms in repetition 2");
        assertThat(result.verdict().notes()).hasSize(1);
        assertThat(result.repetitions()).extracting(Result.Repetition::number).containsExactly(1, 2);
        assertThat(result.durationSeconds()).isEqualTo(4);
    }

    @Test
    void shouldSayNothingOfRepetitionsWhenThereIsOne() {
        var result = found(findings(0, INVALID)).result(State.FINISHED);

        assertThat(result.verdict().reasons().get(0).observed()).isEqualTo("300 ms");
    }

    @Test
    void shouldJudgeThresholdsOnEachRepetitionAndNotOnTheMedian() {
        var result = found(findings(0, VALID), findings(0, VALID), findings(7, VALID))
                .result(State.FINISHED);

        assertThat(result.metrics().get("boot.lost")).isEqualTo(Measurement.count(0));
        assertThat(result.thresholds())
                .containsExactly(new Result.Check("boot.lost == 0", "scenario", false, List.of("0", "0", "7")));
    }

    @Test
    void shouldExitWithTheGravestOfWhatHappened() {
        assertThat(code(findings(0, VALID))).isEqualTo(ExitCode.PASSED);
        assertThat(code(findings(0, VALID), complete(7, VALID))).isEqualTo(ExitCode.THRESHOLDS_FAILED);
        assertThat(code(complete(7, VALID), findings(0, INVALID))).isEqualTo(ExitCode.INVALID);
        assertThat(code(findings(7, VALID), findings(0, INVALID))).isEqualTo(ExitCode.MEASUREMENT_FAILED);
    }

    @Test
    void shouldNeverCallARunValidThatMeasuredNothing() {
        var result = found().result(State.INTERRUPTED);

        assertThat(result.verdict().word()).isEqualTo("INVALID");
        assertThat(result.thresholds()).noneMatch(Result.Check::met);
        assertThat(code()).isEqualTo(ExitCode.INVALID);
    }

    private static ExitCode code(Findings... repetitions) {
        return Found.code(found(repetitions).result(State.FINISHED));
    }

    private static Found found(Findings... repetitions) {
        var lost = Threshold.parse("boot.lost == 0", Catalogue.of("boot").orElseThrow());
        return new Found(
                "r-boot",
                "boot",
                Map.of(),
                Environment.current("test", Map.of()),
                List.of(Asked.of(lost, "scenario")),
                List.of(repetitions));
    }

    private static Findings findings(long lost, Verdict verdict) {
        return findings(lost, lost == 0, verdict);
    }

    /** Some were lost, and yet it counts as complete, so that only the threshold speaks. */
    private static Findings complete(long lost, Verdict verdict) {
        return findings(lost, true, verdict);
    }

    private static Findings findings(long lost, boolean complete, Verdict verdict) {
        return new Findings(Instant.EPOCH, 2, complete, new Observations().count(BootMetric.LOST, lost), verdict);
    }

    private static Verdict.Reason reason(String code, String observed) {
        return new Verdict.Reason(code, observed, "limit", "fix");
    }
}
