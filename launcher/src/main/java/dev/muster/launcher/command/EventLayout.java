package dev.muster.launcher.command;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** One line for each event: {@code time level logger message cause instance}. Nothing that is logged can break a line. */
final class EventLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final String instance;
    private final boolean stacks;

    /**
     * @param instance in every line; empty for none
     * @param stacks whether a stack trace follows an event that has one, on lines of its own
     */
    EventLayout(String instance, boolean stacks) {
        this.instance = instance;
        this.stacks = stacks;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        var name = event.getLoggerName();
        var line = new StringBuilder(160)
                .append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(' ')
                .append(event.getLevel())
                .append(' ')
                .append(name, name.lastIndexOf('.') + 1, name.length())
                .append(' ')
                .append(oneLine(event.getFormattedMessage()));
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append(" cause=\"").append(oneLine(describe(thrown))).append('"');
        }
        if (!instance.isEmpty()) {
            line.append(" instance=").append(instance);
        }
        line.append('\n');
        if (thrown != null && stacks) {
            line.append(ThrowableProxyUtil.asString(thrown));
        }
        return line.toString();
    }

    private static String describe(IThrowableProxy thrown) {
        var name = thrown.getClassName();
        var message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        return name.substring(name.lastIndexOf('.') + 1) + message;
    }

    private static String oneLine(String text) {
        return text.replace("\r", "").replace('\n', ' ');
    }
}
