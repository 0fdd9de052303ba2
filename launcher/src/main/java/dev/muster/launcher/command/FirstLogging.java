package dev.muster.launcher.command;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;

/**
 * How it is logged until the options are known: warnings alone. Logback finds it by its service file, and neither looks for
 * files of its own, nor sets up its default layout, nor, since somebody listens, what prints its own warnings: the time zones
 * of either are 15 ms of every start.
 */
public final class FirstLogging extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logging.configure(context, 0, "");
        context.getStatusManager().add(new NopStatusListener());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
