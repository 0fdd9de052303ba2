package dev.muster.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.launcher.result.RunningMark;
import dev.muster.measure.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Pattern DATA = Pattern.compile("(?s)id=\"charts\">(.*?)</script>");
    private static final Pattern REFERENCE = Pattern.compile("\\b(?:src|href|action|srcset|data)=\"([^\"]*)\"");

    @TempDir
    private Path parent;

    @Test
    void shouldGiveTheVerdictBeforeAnyNumberWithWhatToDo() throws Exception {
        var page = page(results().recorded(0, 50).reasons(Results.REASON));

        assertThat(page.indexOf(">invalid<")).isPositive().isLessThan(page.indexOf("Key numbers"));
        assertThat(page)
                .contains("CPU share of the busiest process 0.99", "Good would be: 0.95.", "To do: lower the rate.");
    }

    @Test
    void shouldShowEachThresholdWithWhatWasMeasured() throws Exception {
        var page = page(results()
                .recorded(0, 50)
                .thresholds(
                        new Result.Check("boot.lost == 0", "scenario", true, List.of("0")),
                        new Result.Check("boot.register.latency p99 < 1ms", "scenario", false, List.of("7.31 ms"))));

        assertThat(page).contains("1 of 2 thresholds missed", "\u2717 missed", "7.31 ms", "p99 &lt; 1ms");
    }

    @Test
    void shouldNotHoldAgainstARunWhatItDoesNotMeasure() throws Exception {
        var page = page(results()
                .recorded(0, 50)
                .thresholds(Result.Check.notMeasured("API calls p99 <= 1s", "slo kubernetes")));

        assertThat(page)
                .contains("No threshold was asked for that this experiment measures.", ">not measured<")
                .contains("class=\"verdict good\"");
    }

    @Test
    void shouldTellThatARunWasKilledWhenNothingWritesAnyMore() throws Exception {
        var folder = results().recorded(0, 50).state(Result.State.RUNNING).written();
        RunningMark.on(folder).close();

        assertThat(page(folder)).contains("Killed: no process works on this run any more");
    }

    @Test
    void shouldTellThatARunStillRuns() throws Exception {
        var folder = results().recorded(0, 50).state(Result.State.RUNNING).written();

        var running = RunningMark.on(folder);
        var page = page(folder);
        running.close();

        assertThat(page).contains("Still running");
    }

    @Test
    void shouldMakeAPageOfARunThatEndedBeforeItsLoad() throws Exception {
        var page = page(results().repetitions(0).state(Result.State.INTERRUPTED));

        assertThat(page).contains("Interrupted:");
        assertThat(data(page)).isEmpty();
    }

    @Test
    void shouldReferToNothingOutsideThePage() throws Exception {
        var page = page(results().recorded(0, 2_000).minions(minion(0, "1.5")));

        assertThat(REFERENCE.matcher(page).results().map(found -> found.group(1)))
                .containsOnly("data:,");
        assertThat(page).doesNotContainPattern("\\son[a-z]+=\"").doesNotContain("@import", "url(");
    }

    @Test
    void shouldLetNoNameBreakOutOfItsPlace() throws Exception {
        var evil = "</script><script>alert(1)</script>\"'&";
        var page = page(
                results().recorded(0, 10).parameter(evil, evil).reasons(new Verdict.Reason(evil, evil, evil, evil)));

        assertThat(page).doesNotContain("<script>alert").contains("&lt;/script&gt;&lt;script&gt;alert(1)");
    }

    @Test
    void shouldKeepAScriptElementClosedWhateverALabelHolds() {
        var charts = List.<Chart>of(new Chart.Percentiles("chart-0", "</script><!--", List.of("<script>"), List.of()));

        var page = Page.of("</title>", new Html(), charts);

        assertThat(data(page).getJsonObject(0).getString("unit")).isEqualTo("</script><!--");
        assertThat(page).contains("<title>&lt;/title&gt;</title>");
    }

    @Test
    @Tag("smoke")
    void shouldDrawTheRecordedSamplesOverTimeAndByPercentile() throws Exception {
        var charts = data(page(results().recorded(0, 2_000)));

        var time = charts.getJsonObject(0);
        assertThat(time.getString("type")).isEqualTo("time");
        assertThat(time.getJsonArray("rate").getDouble(0)).isEqualTo(2_000);
        var curve = charts.getJsonObject(1).getJsonArray("curves").getJsonObject(0);
        var over = curve.getJsonArray("over");
        assertThat(over.getDouble(over.size() - 1)).isEqualTo(2_000);
        assertThat(numbers(curve, "values")).isSorted();
    }

    @Test
    void shouldPutRepetitionsSideBySide() throws Exception {
        var page = page(results().repetitions(2).recorded(1, 100).recorded(2, 300));

        assertThat(page).contains("Repetitions side by side", ">Repetition 2<", "Over time, repetition 2");
        assertThat(data(page).getJsonObject(2).getJsonArray("labels")).hasSize(2);
    }

    @Test
    void shouldDrawOnlySomeOfVeryManyRepetitionsAndSaySo() throws Exception {
        var results = results().repetitions(20);
        for (int number = 1; number <= 20; number++) {
            results.recorded(number, 10);
        }

        var page = page(results);

        assertThat(page).contains("Of 20 repetitions the first 12 are shown one by one.");
        assertThat(data(page)).hasSize(13);
        assertThat(data(page).getJsonObject(12).getJsonArray("curves")).hasSize(20);
    }

    @Test
    void shouldBreakTheLineWhereTheCollectorWasNotHeard() throws Exception {
        var folder = results().recorded(0, 200).written();
        var log = folder.file(Results.LATENCY + ".hlog");
        var slice = Files.readString(log).lines().reduce((a, b) -> b).orElseThrow();
        Files.writeString(log, Files.readString(log) + slice.replaceFirst("^0.000,1.000", "1.000,3.000") + "\n");

        var page = page(folder);

        var time = data(page).getJsonObject(0);
        assertThat(time.getJsonArray("seconds")).containsExactly(0.0, 1.0, 1.0, 4.0);
        assertThat(time.getJsonArray("p50").getValue(2)).isNull();
        assertThat(page).contains("Where a line breaks, the collector was not heard.");
    }

    @Test
    void shouldSayHowManyOfManyMinionsAreDrawn() throws Exception {
        var lines = IntStream.range(0, 50_000)
                .mapToObj(i -> minion(i / 25, String.valueOf(1 + i % 97 / 10.0)))
                .toArray(String[]::new);

        var page = page(results().recorded(0, 10).minions(lines));

        assertThat(page).contains("50,000 minions; of those that would lie on the same spot");
        var dots = data(page).stream()
                .map(JsonObject.class::cast)
                .filter(chart -> chart.getString("type").equals("dots"))
                .findFirst()
                .orElseThrow();
        assertThat(numbers(dots, "millis")).hasSizeBetween(1_000, Scatter.MOST).contains(10.6);
    }

    @Test
    void shouldPrintWhatWasNotMeasuredAsADash() throws Exception {
        var page = page(results().recorded(0, 50));

        assertThat(page).containsPattern("boot\\.rate<.*?<td>-</td><td>/s</td>").contains("<td>no samples</td>");
    }

    @Test
    void shouldNameTheFileThatItCannotRead() throws Exception {
        var folder = results().recorded(0, 50).written();
        Files.writeString(folder.file(Results.LATENCY + ".hlog"), "nonsense\n");

        assertThatThrownBy(() -> Report.write(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Results.LATENCY + ".hlog");
    }

    @Test
    void shouldReadALogWhoseLastLineIsTorn() throws Exception {
        var folder = results().recorded(0, 50).written();
        var log = folder.file(Results.LATENCY + ".hlog");
        var text = Files.readString(log);
        var last = text.lines().reduce((a, b) -> b).orElseThrow();
        Files.writeString(log, text + last.substring(0, last.length() / 2));

        assertThat(data(page(folder)).getJsonObject(0).getJsonArray("seconds")).hasSize(2);
    }

    /** What README.md beside it says: it comes from elsewhere, and nobody reads it in a change. */
    @Test
    void shouldCarryTheChartLibraryAsItWasPublished() throws Exception {
        var readme = resource("README.md");
        for (var name : List.of("uPlot.iife.min.js", "uPlot.min.css", "LICENSE")) {
            var digest = MessageDigest.getInstance("SHA-256").digest(resource(name));
            assertThat(new String(readme, StandardCharsets.UTF_8))
                    .contains(HexFormat.of().formatHex(digest) + "  " + name);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (var stream = Objects.requireNonNull(Report.class.getResourceAsStream("/dev/muster/uplot/" + name), name)) {
            return stream.readAllBytes();
        }
    }

    private Results results() throws IOException {
        return new Results(parent);
    }

    private static String minion(int second, String latency) {
        var boot = Instant.ofEpochSecond(1_700_000_000L + second);
        return "m-" + second + ",,," + boot + "," + boot + "," + latency + ",1,,1";
    }

    private static String page(Results results) throws IOException {
        return page(results.written());
    }

    private static String page(ResultFolder folder) throws IOException {
        return Files.readString(Report.write(folder));
    }

    private static List<Double> numbers(JsonObject chart, String name) {
        return chart.getJsonArray(name).stream().map(Double.class::cast).toList();
    }

    private static JsonArray data(String page) {
        return new JsonArray(DATA.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow());
    }
}
