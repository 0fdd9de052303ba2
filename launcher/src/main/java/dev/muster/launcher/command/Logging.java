package dev.muster.launcher.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Sets up logging: one line for each event, on standard error.
 *
 * <p>{@code -v 0} shows warnings; 1 what happens; 2 rates as well; 3 each request; 5 each message. Muster's own loggers
 * follow as INFO up to 2, DEBUG from 3, TRACE at 5. Libraries stay at warnings below 4.
 */
public final class Logging {
    private static final String OURS = "dev.muster";

    private Logging() {}

    /**
     * Sets the levels and the form of a line. Replaces what was set before.
     *
     * @param verbosity 0 to 5
     * @param instance who this process is, in every line; empty while it is not known
     */
    public static void configure(int verbosity, String instance) {
        configure((LoggerContext) LoggerFactory.getILoggerFactory(), verbosity, instance);
    }

    static void configure(LoggerContext context, int verbosity, String instance) {
        context.reset();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(standardError(context, new EventLayout(instance, verbosity >= 3)));
        root.setLevel(verbosity < 4 ? Level.WARN : Level.INFO);
        context.getLogger(OURS).setLevel(ours(verbosity));
        for (var noisy : List.of("com.hazelcast", "io.vertx.spi.cluster", "io.micrometer")) {
            context.getLogger(noisy).setLevel(verbosity < 4 ? Level.ERROR : Level.INFO);
        }
    }

    private static Level ours(int verbosity) {
        return switch (verbosity) {
            case 0 -> Level.WARN;
            case 1, 2 -> Level.INFO;
            case 3, 4 -> Level.DEBUG;
            default -> Level.TRACE;
        };
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context, EventLayout layout) {
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
