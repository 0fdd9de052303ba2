package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

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
