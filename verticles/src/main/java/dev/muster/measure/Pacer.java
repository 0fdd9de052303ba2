package dev.muster.measure;

import java.util.PrimitiveIterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls a listener at the times of an {@link ArrivalProcess}, from a thread of its own. No arrival is skipped, early or
 * moved: when the listener or the machine holds it up, it catches up in a burst, each call with the time that was
 * intended, so that latency counts from there. It records its own lateness.
 *
 * <p>A sleeping thread wakes up too late by the kernel's timer slack and the scheduler's whim. So it asks for the least
 * {@linkplain TimerSlack slack}, sleeps until shortly before the time and spins for the rest. At 10,000 arrivals a second
 * that costs about half of a core, and a tenth of that at 1,000; {@code bench/recording} measures how late it is.
 */
public final class Pacer {
    /** How long before the time to wake up: a little more than a sleep overshoots; all that is left is spinning. */
    private static final long SPIN_NANOS = 50_000;

    /** The same where the kernel keeps its slack of 50 us. */
    private static final long SPIN_WITH_SLACK_NANOS = 70_000;

    private final PrimitiveIterator.OfLong offsets;
    private final Recorder lateness;
    private final Listener listener;
    private final Thread thread;
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private volatile boolean stopped;

    /** What is to be done at each arrival; it must be quick, and hand real work to another thread. */
    @FunctionalInterface
    public interface Listener {
        /**
         * An arrival is due.
         *
         * @param index from 0
         * @param intendedNanos when it was due, of {@link System#nanoTime}; never in the future
         */
        void arrival(long index, long intendedNanos);
    }

    private Pacer(String name, ArrivalProcess process, Recorder lateness, Listener listener) {
        this.offsets = process.offsets();
        this.lateness = lateness;
        this.listener = listener;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /**
     * Starts a schedule now.
     *
     * @param name of the thread
     * @param lateness takes how late each arrival was, in nanoseconds; nothing else may write to it
     */
    public static Pacer start(String name, ArrivalProcess process, Recorder lateness, Listener listener) {
        var pacer = new Pacer(name, process, lateness, listener);
        pacer.thread.start();
        return pacer;
    }

    /** Ends the schedule at once. Does not wait; {@link #done} tells when the last call has returned. */
    public void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /**
     * Completes with the number of arrivals when the schedule has ended or was stopped; exceptionally, with the first
     * exception of the listener, when there was one. An exception does not end the schedule, an {@link Error} does.
     */
    public CompletionStage<Long> done() {
        return done.minimalCompletionStage();
    }

    /** Arrivals so far, those that failed included. */
    public long arrivals() {
        return arrivals.get();
    }

    /** How many calls of the listener ended with an exception. */
    public long failures() {
        return failures.get();
    }

    private void run() {
        try {
            long spin = TimerSlack.least() ? SPIN_NANOS : SPIN_WITH_SLACK_NANOS;
            pace(System.nanoTime(), spin);
        } catch (Throwable e) {
            fail(e);
        }
        var failure = firstFailure.get();
        if (failure == null) {
            done.complete(arrivals.get());
        } else {
            done.completeExceptionally(failure);
        }
    }

    private void pace(long start, long spin) {
        while (offsets.hasNext()) {
            long intended = start + offsets.nextLong();
            long now = await(intended, spin);
            if (stopped) {
                return;
            }
            lateness.record(now - intended);
            call(intended);
        }
    }

    private void call(long intended) {
        try {
            listener.arrival(arrivals.getAndIncrement(), intended);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        failures.incrementAndGet();
        firstFailure.compareAndSet(null, e);
    }

    /** Returns the time that it is, at or after the time given, or any time when stopped. */
    private long await(long time, long spin) {
        long now = System.nanoTime();
        while (now - time < 0 && !stopped) {
            long left = time - now;
            if (left > spin) {
                LockSupport.parkNanos(this, left - spin);
            } else {
                Thread.onSpinWait();
            }
            now = System.nanoTime();
        }
        return now;
    }
}
