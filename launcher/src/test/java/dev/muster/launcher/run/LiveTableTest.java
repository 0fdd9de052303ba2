package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Stats;
import dev.muster.launcher.catalogue.Picture;
import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.Result;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    @Test
    void shouldDrawTheWayOfASeriesWithAGapWhereNothingWasMeasured() {
        var line = new Sparkline(true);

        line.add(0.0);
        line.add(null);
        line.add(7.0);
        line.add(3.5);

        assertThat(line).hasToString("\u2581 \u2588\u2585");
    }

    @Test
    void shouldKeepToItsWidthAndToPlainLettersWhereTheTerminalHasNoOthers() {
        var line = new Sparkline(false);

        for (int i = 0; i < 100; i++) {
            line.add((double) i);
        }

        assertThat(line.toString()).hasSize(32).endsWith("#").matches("[ -~]+");
        assertThat(LiveTable.speaksUnicode(Map.of("LANG", "C", "LC_ALL", "de_DE.utf8")))
                .isTrue();
        assertThat(LiveTable.speaksUnicode(Map.of("LANG", "C"))).isFalse();
        assertThat(LiveTable.speaksUnicode(Map.of())).isFalse();
    }

    @Test
    void shouldSayThatNobodyTellsOfALineUntilSomebodyDoes() {
        var table = new LiveTable(Picture.of("boot"), new Progress(System.out, false));
        var result = new Found("run", "boot", Map.of(), Environment.current("", Map.of()), List.of(), List.of())
                .result(Result.State.RUNNING);

        assertThat(table.lines(result, stats(Map.of())))
                .anyMatch(line -> line.matches("  Pods, running, by the API +- +no API is watched"))
                .noneMatch(line -> line.matches("  Pods, registered .*watched"));
        assertThat(table.lines(result, stats(Map.of("kube.pods.running", 7.0))))
                .anyMatch(line -> line.matches("  Pods, running, by the API +7 .*"))
                .anyMatch(line -> line.matches("  Pods, ready, by the API +- +no API is watched"));
    }

    private static Stats stats(Map<String, Double> gauges) {
        var second = new Stats.Point(1, Map.of(), gauges, Map.of());
        return new Stats(1_000, List.of(), Map.of(), gauges, Map.of(), Map.of(), List.of(second), List.of());
    }

    @Test
    void shouldDrawTheTableAnewOverItselfAndLeaveItAtTheEnd() {
        var bytes = new ByteArrayOutputStream();
        var progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);

        progress.below(List.of("a", "b"));
        progress.now("one");
        progress.now("two");
        progress.close();
        progress.now("three");

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[2K\u001b[?7lone\na\nb\u001b[?7h\r\u001b[2A\u001b[J\u001b[?7ltwo\na\nb\u001b[?7h\n"
                        + "\r\u001b[2Kthree");
    }

    @Test
    void shouldStayPlainWhereThereIsNoTerminal() {
        var bytes = new ByteArrayOutputStream();
        var progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);

        progress.below(List.of("a"));
        progress.now("one");
        progress.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("one\n");
    }
}
