package dev.muster.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class FirstLoggingTest {
    @Test
    void shouldShowWarningsAloneInsteadOfLogbacksOwnDefault() {
        var context = new LoggerContext();
        var first = ServiceLoader.load(Configurator.class).findFirst().orElseThrow();

        var then = first.configure(context);

        assertThat(then).isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        assertThat(context.getLogger("some.library").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(context.getLogger("dev.muster.some").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(context.getStatusManager().getCopyOfStatusListenerList()).hasSize(1);
    }
}
