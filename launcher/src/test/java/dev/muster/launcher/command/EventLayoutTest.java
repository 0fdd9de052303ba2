package dev.muster.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventLayoutTest {
    @Test
    void shouldWriteAnEventInOneLineWhateverIsLogged() {
        var event = event("event=odd text=\"first\nsecond\r\nthird\"", new IOException("no\nway"));

        var line = new EventLayout("host-master-1", false).doLayout(event);

        assertThat(line)
                .isEqualTo("2026-01-02T03:04:05.678Z WARN Thing event=odd text=\"first second third\""
                        + " cause=\"IOException: no way\" instance=host-master-1\n");
    }

    @Test
    void shouldAddTheStackWhenItIsWanted() {
        var lines = new EventLayout("", true)
                .doLayout(event("event=odd", new IOException("no")))
                .lines();

        assertThat(lines.toList())
                .startsWith("2026-01-02T03:04:05.678Z WARN Thing event=odd cause=\"IOException: no\"")
                .anyMatch(line -> line.contains("at dev.muster.launcher.command.EventLayoutTest"));
    }

    private static LoggingEvent event(String message, @Nullable Throwable thrown) {
        var logger = new LoggerContext().getLogger("dev.muster.some.Thing");
        var event = new LoggingEvent("", logger, Level.WARN, message, thrown, null);
        event.setInstant(java.time.Instant.parse("2026-01-02T03:04:05.678Z"));
        return event;
    }
}
