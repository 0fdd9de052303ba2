package dev.muster.streams;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What all users of a process notice of faults together. Safe to use from any thread. */
final class Overall {
    /** The throughput is counted in slots of this. */
    static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Windows windows = new Windows();
    private final Gaps gaps = new Gaps(windows);
    private final AtomicLong latest = new AtomicLong();
    private volatile long origin;
    /** Shorter times without a success are none of the longest ones. */
    private volatile long worth = Long.MAX_VALUE;

    private volatile boolean failing;

    /** The load begins. */
    void begin(long now) {
        origin = now;
        latest.set(now);
    }

    /** When the load began, by {@link System#nanoTime}. */
    long origin() {
        return origin;
    }

    /** The slot of an instant, counted from the load's begin. */
    int slot(long now) {
        return (int) (Math.max(0, now - origin) / SLOT_NANOS);
    }

    /** A fault begins, as one of the event loops was told. */
    synchronized void fault(int number, long now) {
        if (windows.begin(number, now)) {
            worth = 0;
        }
    }

    void success(long now) {
        long before = latest.getAndSet(now);
        if (failing) {
            failing = false;
        }
        // Two event loops may cross here: what is then below zero is no time without a success.
        if (now - before > worth) {
            note(before, now);
        }
    }

    private synchronized void note(long from, long to) {
        gaps.between(from, to);
        worth = gaps.longest(windows.count() - 1);
    }

    void failure() {
        if (!failing) {
            failing = true;
        }
    }

    /** Nothing succeeds any more. */
    synchronized void finish(long now) {
        gaps.begin(latest.get());
        if (failing) {
            gaps.failure();
            gaps.finish(now);
        }
    }

    /** The longest time without a success of anybody. Not to be written any more. */
    synchronized Gaps gaps() {
        return gaps;
    }
}
