package dev.muster.launcher.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.Termination;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Measurement.Distributed;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.Judgement;
import dev.muster.launcher.result.Result.Repetition;
import dev.muster.launcher.result.Result.State;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.measure.Verdict.Reason;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("smoke")
class CompareCommandTest {
    private static final Judgement VALID = new Judgement("VALID", List.of(), List.of());
    private static final Judgement LATE =
            new Judgement("INVALID", List.of(new Reason("generator-late", "9 ms", "2 ms", "be early")), List.of());

    @TempDir
    private Path results;

    private String printed = "";

    private ExitCode compare(String... arguments) {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var code = new CompareCommand().run(new Invocation(List.of(arguments), Map.of(), out, new Termination()));
        printed = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    /** A run whose repetitions had these p99 in ms; the rate falls as they grow. */
    private String run(double... p99) throws IOException {
        return run(State.FINISHED, VALID, Map.of("minions", "1000"), p99);
    }

    private String run(State state, Judgement verdict, Map<String, String> parameters, double... p99)
            throws IOException {
        var repetitions = new ArrayList<Repetition>();
        for (double each : p99) {
            repetitions.add(
                    new Repetition(repetitions.size() + 1, "2026-11-21T16:00:00Z", 2.5, true, verdict, metrics(each)));
        }
        var folder = ResultFolder.create(results, "boot", Instant.parse("2026-11-21T16:00:00Z"));
        folder.write(new Result(
                Result.VERSION,
                folder.run(),
                "boot",
                parameters,
                new Environment("host", 2, 1L << 30, "Linux", "some", "17", List.of(), "0.1", Map.of("vertx", "5")),
                "2026-11-21T16:00:00Z",
                7.5,
                state,
                verdict,
                List.of(),
                Map.of(),
                repetitions));
        return folder.path().toString();
    }

    private static Map<String, Measurement> metrics(double p99) {
        var metrics = new LinkedHashMap<String, Measurement>();
        metrics.put("boot.minions", Measurement.count(1000));
        metrics.put("boot.lost", Measurement.count(p99 > 100 ? 7 : 0));
        metrics.put("boot.rate", Measurement.value(10_000 / p99, "/s"));
        metrics.put(
                "boot.register.latency",
                new Distributed("ms", 300, 1.0, 5.0, p99 / 2, p99 / 1.5, p99 / 1.2, p99, null, p99 * 2));
        metrics.put("generator.lateness", new Distributed("ms", 300, p99, p99, p99, p99, p99, p99, null, p99));
        return metrics;
    }

    @Test
    void shouldSayWhatIsSlowerAndBySoMuch() throws IOException {
        var code = compare(run(60, 62, 61), run(70, 72, 71));

        assertThat(code).isEqualTo(ExitCode.PASSED);
        assertThat(printed.lines().toList())
                .anyMatch(line -> line.matches("A  VALID  20261121-160000-boot, repetitions 3"))
                .anyMatch(line ->
                        line.matches("boot\\.register\\.latency p99 +61\\.0 ms +71\\.0 ms +\\+10\\.0 ms +1\\.164"
                                + " +1\\.\\d+ \\.\\. 1\\.\\d+ +slower"))
                .anyMatch(line -> line.matches("boot\\.rate +164 /s +141 /s .* slower"))
                .anyMatch(line -> line.matches("boot\\.minions +1000 +1000 +0 +1\\.000 .* no difference shown"))
                .anyMatch(line -> line.matches("generator\\.lateness p99 .* worse"))
                .noneMatch(line -> line.contains("p99.9"))
                .noneMatch(line -> line.startsWith("warning"));
    }

    @Test
    void shouldSayFasterTheOtherWayRound() throws IOException {
        compare(run(70, 72, 71), run(60, 62, 61));

        assertThat(printed.lines().toList())
                .anyMatch(line -> line.matches("boot\\.register\\.latency p99 .* faster"))
                .anyMatch(line -> line.matches("boot\\.rate .* faster"));
    }

    @Test
    void shouldShowNoDifferenceThatOneRepetitionCouldMake() throws IOException {
        compare(run(60), run(600));

        assertThat(printed).contains("no difference can be shown with 1 and 1 repetitions");
        assertThat(printed).doesNotContain("slower", "faster", "worse");
    }

    @Test
    void shouldTakeSeveralRunsOfASideTogether() throws IOException {
        var before = run(60) + "," + run(61) + "," + run(62);
        var after = run(70, 71) + "," + run(72);

        compare(before, after);

        assertThat(printed.lines().filter(line -> line.startsWith("A  "))).hasSize(3);
        assertThat(printed.lines().toList()).anyMatch(line -> line.matches("boot\\.register\\.latency p50 .* slower"));
    }

    @Test
    void shouldCompareEachWithTheFirst() throws IOException {
        compare(run(60, 62, 61), run(60, 61, 62), run(70, 72, 71), "--output=json");

        var comparisons = new JsonObject(printed).getJsonArray("comparisons");
        assertThat(comparisons).hasSize(2);
        assertThat(finding(comparisons.getJsonObject(0), "boot.register.latency", "p99"))
                .isEqualTo("no difference shown");
        assertThat(finding(comparisons.getJsonObject(1), "boot.register.latency", "p99"))
                .isEqualTo("slower");
        assertThat(comparisons.getJsonObject(1).getJsonObject("other").getString("name"))
                .isEqualTo("C");
    }

    private static String finding(JsonObject comparison, String metric, String statistic) {
        return comparison.getJsonArray("metrics").stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("metric").equals(metric)
                        && row.getString("statistic").equals(statistic))
                .map(row -> row.getString("finding"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldFailWhenTheWholeIntervalIsWorseByMoreThanAllowedAndNotBefore() throws IOException {
        var before = run(60, 62, 61);
        var after = run(70, 72, 71); // 16 % slower, the interval from 12 to 21 %

        assertThat(compare(before, after, "--fail-if-slower=5%")).isEqualTo(ExitCode.THRESHOLDS_FAILED);
        assertThat(printed).contains("failed: boot.register.latency p99 is worse by more than 5 %");
        assertThat(printed).contains("failed: boot.rate is worse");
        assertThat(printed).doesNotContain("failed: generator");
        assertThat(compare(before, after, "--fail-if-slower=15%")).isEqualTo(ExitCode.PASSED);
        assertThat(printed).contains("passed: nothing is shown to be worse by more than 15 %");
        assertThat(compare(after, before, "--fail-if-slower=5%")).isEqualTo(ExitCode.PASSED);
        assertThat(compare(run(60), run(600), "--fail-if-slower=5%")).isEqualTo(ExitCode.PASSED);
    }

    @Test
    void shouldFailWhenSomethingIsLostThatNeverWas() throws IOException {
        var before = run(60, 62, 61);
        var after = run(101, 102, 103);

        assertThat(compare(before, after, "--fail-if-slower=1000%", "--metric=boot.lost"))
                .isEqualTo(ExitCode.THRESHOLDS_FAILED);
        assertThat(printed).contains("boot.lost").doesNotContain("boot.rate");
    }

    @Test
    void shouldWarnOfWhatElseDiffersAndOfRunsThatCannotBeBelieved() throws IOException {
        compare(
                run(State.INTERRUPTED, VALID, Map.of("minions", "1000", "ramp", "2s"), 60, 62, 61),
                run(State.RUNNING, LATE, Map.of("minions", "5000"), 60, 62, 61));

        assertThat(printed)
                .contains("warning: parameter minions differs: A 1000; B 5000")
                .contains("warning: parameter ramp differs: A 2s; B (none)")
                .contains("warning: A (20261121-160000-boot) was interrupted")
                .contains("warning: B (20261121-160000-boot-2) has no end: it was killed, or still runs")
                .contains("is INVALID, its numbers can't be believed: generator-late");
        assertThat(printed.indexOf("INVALID")).isLessThan(printed.indexOf("61.0 ms"));
    }

    @Test
    void shouldWarnWhenARunIsComparedWithItself() throws IOException {
        var run = run(60, 62, 61);

        compare(run, run);

        assertThat(printed).contains("warning: the same run is on both sides");
    }

    @Test
    void shouldMakeATableForAPipelineWithoutMarkupFromTheResults() throws IOException {
        var before = run(60, 62, 61);
        var after = run(State.FINISHED, VALID, Map.of("minions", "1|*000*"), 70, 72, 71);

        compare(before, after, "--output=markdown", "--fail-if-slower=5%");

        assertThat(printed)
                .startsWith("### B against A\n\n- A: **VALID** 20261121-160000-boot, repetitions 3\n")
                .contains("- warning: parameter minions differs: A 1000; B 1\\|\\*000\\*")
                .contains("| `boot.register.latency p99` | 61.0 ms | 71.0 ms | +10.0 ms | 1.164 |")
                .contains("| **slower** |");
        assertThat(printed.lines().filter(line -> line.startsWith("|")))
                .allMatch(line -> line.chars().filter(c -> c == '|').count() == 8);
    }

    @Test
    void shouldTellAllThatIsWrongAtOnce() throws IOException {
        var good = run(60, 62, 61);
        Files.writeString(Files.createDirectory(results.resolve("bad")).resolve("summary.json"), "{");

        assertThatThrownBy(() -> compare(
                        good,
                        results.resolve("none").toString(),
                        results.resolve("bad").toString(),
                        "--fail-if-slower=much",
                        "--metric=boot.rat",
                        "--output=xml",
                        "--quick"))
                .isInstanceOfSatisfying(UsageException.class, wrong -> assertThat(wrong.problems())
                        .hasSize(6)
                        .anyMatch(line -> line.contains("none is no result of a run: there is no summary.json in it"))
                        .anyMatch(line -> line.contains("bad/summary.json is no result of a run"))
                        .anyMatch(line -> line.contains("--fail-if-slower: must be a percentage such as 5%"))
                        .anyMatch(line -> line.contains("'boot.rat'; did you mean boot.rate?"))
                        .anyMatch(line -> line.contains("--output: must be one of text, json, markdown"))
                        .anyMatch(line -> line.contains("--quick: no such option")));
    }

    @Test
    void shouldAskForTwoResults() throws IOException {
        var good = run(60, 62, 61);

        for (var arguments : Arrays.asList(new String[] {}, new String[] {good})) {
            assertThatThrownBy(() -> compare(arguments))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("the folders of two results or more, the baseline first");
        }
    }
}
