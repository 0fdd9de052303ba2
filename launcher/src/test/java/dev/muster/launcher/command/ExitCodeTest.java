package dev.muster.launcher.command;

import static dev.muster.launcher.command.ExitCode.ERROR;
import static dev.muster.launcher.command.ExitCode.INVALID;
import static dev.muster.launcher.command.ExitCode.MEASUREMENT_FAILED;
import static dev.muster.launcher.command.ExitCode.PASSED;
import static dev.muster.launcher.command.ExitCode.THRESHOLDS_FAILED;
import static dev.muster.launcher.command.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void shouldTakeTheMostImportantOfSeveral() {
        assertThat(ExitCode.of(List.of(PASSED, THRESHOLDS_FAILED, INVALID))).isEqualTo(INVALID);
        assertThat(ExitCode.of(List.of(INVALID, MEASUREMENT_FAILED))).isEqualTo(MEASUREMENT_FAILED);
        assertThat(ExitCode.of(List.of(MEASUREMENT_FAILED, ERROR))).isEqualTo(ERROR);
        assertThat(ExitCode.of(List.of(ERROR, USAGE))).isEqualTo(USAGE);
        assertThat(ExitCode.of(List.of())).isEqualTo(PASSED);
    }

    @Test
    void shouldHaveTheDocumentedNumbers() {
        assertThat(List.of(USAGE, ERROR, MEASUREMENT_FAILED, INVALID, THRESHOLDS_FAILED, PASSED))
                .extracting(ExitCode::code)
                .containsExactly(2, 1, 4, 5, 99, 0);
    }
}
