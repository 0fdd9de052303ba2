package dev.muster.launcher.run;

import dev.muster.measure.Unit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the roles of a run alive for a while after its result, so that whoever scrapes {@code /metrics} sees its end.
 * Safe to use from any thread.
 */
final class Linger {
    private final Duration time;
    private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    Linger(Duration time) {
        this.time = time;
    }

    /** For how long, for people. */
    String text() {
        return Unit.MILLISECONDS.text((double) time.toMillis());
    }

    /** Whether anything is to be kept at all. */
    boolean isWanted() {
        return !time.isZero();
    }

    /** Keeps what this would stop, until {@link #release}. */
    void hold(Runnable stop) {
        this.stop.set(stop);
    }

    /** Waits for the time, or until {@link #end}. */
    void await() {
        try {
            ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the waiting at once. */
    void end() {
        ended.countDown();
    }

    /** Stops what is held, if anything, and waits for that. */
    void release() {
        var held = stop.getAndSet(null);
        if (held != null) {
            held.run();
        }
    }
}
