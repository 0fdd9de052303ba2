package dev.muster.minion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Property
    void shouldWaitNoLongerThanItsDoublingCeilingAndTheMost(
            @ForAll @IntRange(min = 1, max = 1_000_000) int tries,
            @ForAll @LongRange(min = 100, max = 3_600_000) long mostMillis,
            @ForAll long seed) {
        var backoff = new Backoff(Duration.ofMillis(mostMillis), new SplittableRandom(seed));

        long wait = backoff.nanos(tries, Duration.ZERO);

        double ceilingMillis = Math.min((double) mostMillis, 100 * Math.pow(2, tries - 1));
        assertThat(wait).isBetween(0L, (long) (ceilingMillis * 1e6));
    }

    @Property
    void shouldNeverComeBackBeforeTheServerAsked(
            @ForAll @IntRange(min = 1, max = 100) int tries,
            @ForAll @LongRange(min = 1, max = 3_600) long seconds,
            @ForAll long seed) {
        var backoff = new Backoff(Duration.ofSeconds(30), new SplittableRandom(seed));
        var asked = Duration.ofSeconds(seconds);

        long wait = backoff.nanos(tries, asked);

        long longest = asked.toNanos()
                + Math.max(asked.toNanos(), Duration.ofSeconds(30).toNanos());
        assertThat(wait).isBetween(asked.toNanos(), longest);
    }

    @Test
    void shouldSpreadThoseWhoFailedTogetherOverTheWholeCeiling() {
        var backoff = new Backoff(Duration.ofSeconds(30), new SplittableRandom(7));

        var waits = LongStream.range(0, 10_000)
                .map(i -> backoff.nanos(4, Duration.ZERO))
                .summaryStatistics();

        assertThat(waits.getAverage()).isBetween(0.38e9, 0.42e9); // half of 800 ms
        assertThat(waits.getMin()).isLessThan(10_000_000L);
        assertThat(waits.getMax()).isGreaterThan(790_000_000L);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                "none | 0",
                "3 | 3",
                " 3 | 3",
                "0 | 0",
                "86400 | 3600",
                "99999999999999999999 | 3600",
                "-5 | 0",
                "soon | 0",
                "'' | 0",
                "Sun, 01 Mar 2026 12:00:42 GMT | 42",
                "Sun, 01 Mar 2026 11:00:00 GMT | 0",
                "Sun, 01 Mar 2099 12:00:00 GMT | 3600",
            })
    void shouldReadRetryAfterInEitherForm(@org.jspecify.annotations.Nullable String header, long seconds) {
        assertThat(Backoff.retryAfter(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
