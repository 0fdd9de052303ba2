package dev.muster.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.internal.threadchecker.BlockedThreadChecker;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test during which Vert.x's own checker warned of a blocked thread. The checker looks once a second, so that a
 * block at the end of one test may be told by the next one of the same class, or after the last.
 */
public final class NothingBlocks implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Warnings warnings = new Warnings();

    @Override
    public void beforeAll(ExtensionContext context) {
        var log = (Logger) LoggerFactory.getLogger(BlockedThreadChecker.LOGGER_NAME);
        log.setLevel(Level.WARN);
        warnings.setContext(log.getLoggerContext());
        warnings.start();
        log.addAppender(warnings);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        warnings.failIfAny();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ((Logger) LoggerFactory.getLogger(BlockedThreadChecker.LOGGER_NAME)).detachAppender(warnings);
        warnings.failIfAny();
    }

    private static final class Warnings extends AppenderBase<ILoggingEvent> {
        private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            var message = new StringBuilder(event.getFormattedMessage());
            var thrown = event.getThrowableProxy();
            if (thrown != null) {
                for (var frame : thrown.getStackTraceElementProxyArray()) {
                    message.append("\n    ").append(frame.getSTEAsString());
                }
            }
            messages.add(message.toString());
        }

        void failIfAny() {
            var told = new ArrayList<String>();
            for (var message = messages.poll(); message != null; message = messages.poll()) {
                told.add(message);
            }
            if (!told.isEmpty()) {
                throw new AssertionError("A thread was blocked:\n" + String.join("\n", told));
            }
        }
    }
}
