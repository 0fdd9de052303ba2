package dev.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class RangesTest {
    private final ArrayList<String> problems = new ArrayList<>();

    @Test
    void shouldTakeTheLeastAndTheMost() {
        Ranges.check(problems, "--gears", 1, 1, 11);
        Ranges.check(problems, "--gears", 11, 1, 11);
        Ranges.check(problems, "--pause", Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofHours(1));
        Ranges.check(problems, "--pause", Duration.ofHours(1), Duration.ofMillis(100), Duration.ofHours(1));

        assertThat(problems).isEmpty();
    }

    @Test
    void shouldNameTheOptionItsRangeAndWhatItWas() {
        Ranges.check(problems, "--gears", 0, 1, 11);
        Ranges.check(problems, "--gears", 12, 1, 11);
        Ranges.check(problems, "--pause", Duration.ofMillis(99), Duration.ofMillis(100), Duration.ofHours(1));
        Ranges.check(problems, "--pause", Duration.ofSeconds(-1), Duration.ZERO, Duration.ofMinutes(10));
        Ranges.check(problems, "--pause", Duration.ofMinutes(90), Duration.ofSeconds(61), Duration.ofHours(1));

        assertThat(problems)
                .containsExactly(
                        "--gears must be 1 to 11, not 0",
                        "--gears must be 1 to 11, not 12",
                        "--pause must be 100ms to 1h, not 99ms",
                        "--pause must be 0ms to 10m, not -1s",
                        "--pause must be 61s to 1h, not 90m");
    }
}
