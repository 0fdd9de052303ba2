package dev.muster.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StartedTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Started started = new Started();
    private final List<String> stopped = new ArrayList<>();

    @Test
    void shouldStopInReverseOrderOnce() {
        add("first");
        add("second");

        assertThat(started.stop(LONG)).isTrue();
        assertThat(started.stop(LONG)).isTrue();

        assertThat(stopped).containsExactly("second", "first");
    }

    @Test
    void shouldStopTheOthersWhenOneFailsAndSaySo() {
        add("first");
        started.add("second", () -> {
            throw new IllegalStateException("stuck");
        });

        assertThat(started.stop(LONG)).isFalse();

        assertThat(stopped).containsExactly("first");
    }

    @Test
    void shouldNotWaitLongerThanItMay() {
        var never = new CountDownLatch(1);
        started.add("stuck", never::await);

        assertThat(started.stop(Duration.ofMillis(50))).isFalse();

        never.countDown();
    }

    @Test
    void shouldStopAtOnceWhatStartsTooLate() {
        started.stop(LONG);

        assertThatThrownBy(() -> add("late")).isInstanceOf(CancellationException.class);

        assertThat(stopped).containsExactly("late");
        assertThat(started.isStopping()).isTrue();
    }

    private void add(String name) {
        started.add(name, () -> stopped.add(name));
    }
}
