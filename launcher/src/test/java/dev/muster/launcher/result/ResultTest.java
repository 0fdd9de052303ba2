package dev.muster.launcher.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTest {
    private static final Verdict.Reason REASON =
            new Verdict.Reason("cpu-saturated", "CPU share of the busiest process 0.99", "0.95", "lower the rate");

    @TempDir
    private Path results;

    @Test
    void shouldSayWhyBeforeTheNumbersWhenInvalid() {
        var text = ResultText.of(result(new Verdict(List.of(REASON), List.of())), results);

        assertThat(text).startsWith("INVALID  run r-boot, minions 3\n  cpu-saturated: CPU share");
        assertThat(text.indexOf("cpu-saturated")).isLessThan(text.indexOf("boot.registered"));
    }

    @Test
    void shouldPrintWhatIsAbsentAsAbsent() {
        var text = ResultText.of(result(new Verdict(List.of(), List.of())), results);

        assertThat(text)
                .containsPattern("(?m)^boot\\.rate +-$")
                .containsPattern("(?m)^boot\\.empty ms +no samples$")
                .containsPattern("(?m)^boot\\.latency ms +3 +2 +- +- +- +- +3$");
    }

    @Test
    void shouldSayThatSomethingFailedWhenTheNumbersOfAllRepetitionsHideIt() {
        var whole = result(new Verdict(List.of(), List.of()));

        assertThat(ResultText.of(whole, results)).doesNotContain("incomplete");
        assertThat(ResultText.of(incomplete(whole), results)).containsPattern("^VALID .*\n  incomplete: something");
    }

    private static Result incomplete(Result whole) {
        var first = whole.repetitions().get(0);
        var failed = new Result.Repetition(
                2, first.start(), first.durationSeconds(), false, first.verdict(), first.metrics());
        return new Result(
                whole.version(),
                whole.run(),
                whole.experiment(),
                whole.parameters(),
                whole.environment(),
                whole.start(),
                whole.durationSeconds(),
                whole.state(),
                whole.verdict(),
                whole.thresholds(),
                whole.metrics(),
                List.of(first, failed));
    }

    @Test
    void shouldWriteAbsentValuesAsNullAndNotAsZero() throws Exception {
        var folder = ResultFolder.create(results, "boot", Instant.EPOCH);

        folder.write(result(new Verdict(List.of(), List.of())));

        var json = Files.readString(folder.file("summary.json")).replaceAll("\\s", "");
        assertThat(json)
                .contains("\"boot.rate\":{\"unit\":\"/s\",\"value\":null}")
                .contains("\"boot.empty\":{\"unit\":\"ms\",\"count\":0,\"min\":null")
                .contains("\"p50\":2.0,\"p90\":null");
        assertThat(folder.path()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldGiveRunsOfTheSameSecondDifferentFolders() throws Exception {
        var first = ResultFolder.create(results, "boot", Instant.EPOCH);
        var second = ResultFolder.create(results, "boot", Instant.EPOCH);

        assertThat(first.run()).isEqualTo("19700101-000000-boot");
        assertThat(second.run()).isEqualTo("19700101-000000-boot-2");
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        var written = result(new Verdict(List.of(REASON), List.of()));
        var folder = ResultFolder.create(results, "boot", Instant.EPOCH);

        folder.write(written);

        assertThat(ResultFolder.open(folder.path()).read()).isEqualTo(written);
    }

    @Test
    void shouldRefuseWhatIsNoResult() throws Exception {
        assertThatThrownBy(() -> ResultFolder.open(results))
                .hasMessageContaining("is no result of a run: there is no summary.json");

        Files.writeString(results.resolve("summary.json"), "{\"version\": 7}");
        assertThatThrownBy(() -> ResultFolder.open(results).read()).hasMessageContaining("is of version 7");

        Files.writeString(results.resolve("summary.json"), "{\"version\": 1, \"metrics\": 3}");
        assertThatThrownBy(() -> ResultFolder.open(results).read()).hasMessageContaining("is no result of a run: ");
    }

    private static Result result(Verdict verdict) {
        var metrics = new LinkedHashMap<String, Measurement>();
        metrics.put("boot.registered", Measurement.count(3));
        metrics.put("boot.rate", Measurement.none("/s"));
        metrics.put("boot.latency", Measurement.of(Summary.of(Unit.MILLISECONDS, Distribution.of(1, 2, 3))));
        metrics.put("boot.empty", Measurement.of(Summary.none(Unit.NANOSECONDS)));
        return new Result(
                Result.VERSION,
                "r-boot",
                "boot",
                Map.of("minions", "3"),
                Environment.current("test", Map.of()),
                Instant.EPOCH.toString(),
                1,
                Result.State.FINISHED,
                Result.Judgement.of(verdict),
                List.of(new Result.Check("boot.lost == 0", "scenario", true, List.of("0"))),
                metrics,
                List.of(new Result.Repetition(
                        1, Instant.EPOCH.toString(), 1, true, Result.Judgement.of(verdict), metrics)));
    }
}
