package dev.muster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {
    @ParameterizedTest
    @EnumSource
    void shouldBeToldFromItsException(Failure failure) {
        var exception = failure.exception("why");

        assertThat(Failure.of(exception)).isEqualTo(failure);
        assertThat(exception.failureCode()).isEqualTo(failure.code());
        assertThat(exception).hasMessage("why");
    }

    @Test
    void shouldCallSilenceUnavailable() {
        assertThat(Failure.of(new ReplyException(ReplyFailure.TIMEOUT))).isEqualTo(Failure.UNAVAILABLE);
        assertThat(Failure.of(new ReplyException(ReplyFailure.NO_HANDLERS))).isEqualTo(Failure.UNAVAILABLE);
    }

    @Test
    void shouldCallWhatItDoesNotKnowInternal() {
        assertThat(Failure.of(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 418, "teapot")))
                .isEqualTo(Failure.INTERNAL);
        assertThat(Failure.of(new IllegalStateException())).isEqualTo(Failure.INTERNAL);
    }
}
