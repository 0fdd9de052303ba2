package dev.muster.kube;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a request after a 429: it waits as the server asks and is sent again, as client-go does, since the server
 * has not looked at it. Not for ever.
 */
final class Patience {
    private static final int MOST_TRIES = 10;
    private static final Duration UNTOLD_WAIT = Duration.ofSeconds(1);
    private static final Duration LEAST_WAIT = Duration.ofMillis(1); // a timer's least

    private Patience() {}

    /** What the server asks for with a 429. */
    static Duration asked(Optional<Duration> retryAfter) {
        return retryAfter.orElse(UNTOLD_WAIT);
    }

    /**
     * How long to wait before the next try.
     *
     * @param tries so far
     * @return milliseconds; empty when there have been enough
     */
    static Optional<Long> pause(int tries, Duration asked) {
        return tries < MOST_TRIES ? Optional.of(Math.max(LEAST_WAIT.toMillis(), asked.toMillis())) : Optional.empty();
    }
}
