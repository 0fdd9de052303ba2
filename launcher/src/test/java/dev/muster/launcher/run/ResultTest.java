package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    void shouldRewriteOneLineOnATerminalAndPrintFewLinesElsewhere() {
        assertThat(progress(true)).isEqualTo("\r\u001b[2Kone\r\u001b[2Ktwo\nevent\n");
        assertThat(progress(false)).isEqualTo("one\nevent\n");
    }

    private static String progress(boolean terminal) {
        var bytes = new ByteArrayOutputStream();
        var progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
        progress.now("one");
        progress.now("two");
        progress.event("event");
        return bytes.toString(StandardCharsets.UTF_8);
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
                false,
                Result.Judgement.of(verdict),
                metrics);
    }
}
