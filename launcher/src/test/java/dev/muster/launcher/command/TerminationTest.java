package dev.muster.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminationTest {
    private final Termination termination = new Termination();

    @Test
    void shouldLeaveTheExitCodeToTheSignalWhenNothingIsToBeDone() {
        assertThat(termination.happen()).isEmpty();
    }

    @Test
    void shouldDoWhatWasSaidLastAndOnce() {
        termination.onSignal(() -> Optional.of(ExitCode.ERROR));
        termination.onSignal(() -> Optional.of(ExitCode.PASSED));

        assertThat(termination.happen()).contains(ExitCode.PASSED);
        assertThat(termination.happen()).isEmpty();
    }

    @Test
    void shouldDoNothingForACommandThatHasEnded() {
        termination.onSignal(() -> Optional.of(ExitCode.ERROR));

        termination.forget();

        assertThat(termination.happen()).isEmpty();
    }
}
