package dev.muster.measure;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes many periodic tasks on time, each on an executor of its own, from one thread that asks the kernel for the least
 * {@linkplain TimerSlack slack}: timers of event loops tick in milliseconds. It never spins, and beats that are due within
 * {@value #RESOLUTION_NANOS} ns of each other share a wake-up. Safe to use from any thread.
 */
public final class Metronome implements AutoCloseable {
    private static final long RESOLUTION_NANOS = 20_000;

    private final Queue<Beat> newcomers = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Beat> beats =
            new PriorityQueue<>(Comparator.comparingLong((Beat beat) -> beat.due - beat.origin));
    private final long origin = System.nanoTime();
    private final Thread thread;
    private volatile boolean closed;

    private Metronome(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Starts one without beats.
     *
     * @param name of its thread
     */
    public static Metronome start(String name) {
        var metronome = new Metronome(name);
        metronome.thread.start();
        return metronome;
    }

    /**
     * Runs a task at each point of a schedule that never moves. When the task is still waiting for its executor it is not
     * given to it once more, and points that were missed are not made up for: the task looks at the clock and catches up
     * by itself.
     *
     * @param firstNanos when it is due first, of {@link System#nanoTime}
     * @param periodNanos above 0
     * @param executor where the task runs; it must not block
     */
    public Beat beat(long firstNanos, long periodNanos, Executor executor, Runnable task) {
        if (periodNanos <= 0) {
            throw new IllegalArgumentException("a period must be above 0, not " + periodNanos);
        }
        var beat = new Beat(origin, firstNanos, periodNanos, executor, task);
        newcomers.add(beat);
        LockSupport.unpark(thread);
        return beat;
    }

    /** No task is run any more. Does not wait for the thread. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        TimerSlack.least();
        while (!closed) {
            for (var beat = newcomers.poll(); beat != null; beat = newcomers.poll()) {
                beats.add(beat);
            }
            var first = beats.peek();
            if (first == null) {
                LockSupport.park(this);
                continue;
            }
            strikeDue(System.nanoTime());
            var next = beats.peek();
            if (next != null) {
                long left = next.due - System.nanoTime();
                LockSupport.parkNanos(this, Math.max(left, RESOLUTION_NANOS));
            }
        }
    }

    private void strikeDue(long now) {
        for (var beat = beats.peek(); beat != null && beat.due - now <= 0; beat = beats.peek()) {
            beats.poll();
            if (beat.strike(now)) {
                beats.add(beat);
            }
        }
    }

    /** One task of a metronome. */
    public static final class Beat {
        private final long origin;
        private final long periodNanos;
        private final Executor executor;
        private final Runnable task;
        private final AtomicBoolean waiting = new AtomicBoolean();
        private volatile boolean cancelled;
        private long due;

        private Beat(long origin, long due, long periodNanos, Executor executor, Runnable task) {
            this.origin = origin;
            this.due = due;
            this.periodNanos = periodNanos;
            this.executor = executor;
            this.task = task;
        }

        /** The task is not run any more once the executor's thread has called this; from another thread, once more. */
        public void cancel() {
            cancelled = true;
        }

        /** Returns whether there will be another one. */
        private boolean strike(long now) {
            if (cancelled) {
                return false;
            }
            due += ((now - due) / periodNanos + 1) * periodNanos;
            if (waiting.compareAndSet(false, true)) {
                try {
                    executor.execute(this::run);
                } catch (RejectedExecutionException over) {
                    return false;
                }
            }
            return true;
        }

        private void run() {
            // First, so that a point in time that comes while the task runs is not lost.
            waiting.set(false);
            if (!cancelled) {
                task.run();
            }
        }
    }
}
