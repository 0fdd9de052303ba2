package dev.muster.measure;

import java.time.Instant;

/**
 * Wall-clock time, comparable across processes up to a {@link ClockOffset}. It may be set back: time inside a process
 * with {@link System#nanoTime}.
 */
@FunctionalInterface
public interface EpochClock {
    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    long nanos();

    /** This machine's clock. Linux tells it to some tens of nanoseconds. */
    static EpochClock system() {
        return () -> {
            var now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        };
    }
}
