package dev.muster.minion;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a failed request is sent again: a random while of up to 100 ms, doubled with every try
 * ("exponential back-off with full jitter"), so that minions which failed together do not come back together. For one
 * thread.
 */
final class Backoff {
    private static final long FIRST_NANOS = Duration.ofMillis(100).toNanos();
    private static final int DOUBLINGS = 30;
    private static final long LONGEST_RETRY_AFTER_SECONDS = Duration.ofHours(1).toSeconds();

    private final long mostNanos;
    private final SplittableRandom random;

    /** @param most the longest wait that is not asked for by the server */
    Backoff(Duration most, SplittableRandom random) {
        this.mostNanos = most.toNanos();
        this.random = random;
    }

    /**
     * The wait in nanoseconds.
     *
     * @param tries how often the request was sent, from 1
     * @param retryAfter what the server asked for, from {@link #retryAfter}: never less, and at most twice as long, so
     *     that those who were all asked for the same are spread as well
     */
    long nanos(int tries, Duration retryAfter) {
        long ceiling = Math.min(mostNanos, FIRST_NANOS << Math.min(tries - 1, DOUBLINGS));
        long asked = retryAfter.toNanos();
        return asked + random.nextLong(Math.max(ceiling, asked) + 1);
    }

    /**
     * The value of a Retry-After header: seconds, or a date of HTTP. An hour at most; zero when it is missing, past or
     * nonsense.
     */
    static Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return Duration.ZERO;
        }
        long seconds = Math.min(secondsUntil(header.strip(), now), LONGEST_RETRY_AFTER_SECONDS);
        return Duration.ofSeconds(Math.max(0, seconds));
    }

    private static long secondsUntil(String header, Instant now) {
        try {
            if (!header.isEmpty() && header.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return header.length() > 9 ? Long.MAX_VALUE : Long.parseLong(header);
            }
            var date = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(now, date).toSeconds();
        } catch (DateTimeParseException nonsense) {
            return 0;
        }
    }
}
