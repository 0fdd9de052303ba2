package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
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
}
