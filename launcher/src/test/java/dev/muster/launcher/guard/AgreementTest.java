package dev.muster.launcher.guard;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
    private final Agreement agreement = new Agreement("delete them", false);

    @ParameterizedTest
    @ValueSource(strings = {"y", "Y", " yes", "YES "})
    void shouldTakeAYesHoweverItIsWritten(String answer) {
        assertThatCode(() -> agreement.require(Optional.of(answer))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "No", "what?"})
    void shouldSayThatNothingWasDoneAfterANo(String answer) {
        assertThatThrownBy(() -> agreement.require(Optional.of(answer)))
                .isInstanceOf(StartException.class)
                .hasMessage("nothing was done");
    }

    @Test
    void shouldNeedAYesBeforehandWhereNobodyCanType() {
        assertThatThrownBy(() -> agreement.require(Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--yes is needed to delete them");
        assertThatCode(() -> new Agreement("delete them", true).ask("?")).doesNotThrowAnyException();
    }
}
