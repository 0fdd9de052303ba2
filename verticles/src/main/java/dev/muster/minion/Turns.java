package dev.muster.minion;

import java.time.Duration;

/**
 * When each minion asks for a task: once in every interval, at instants that lie evenly in it.
 *
 * @param anchorNanos any instant of {@link System#nanoTime}: the turn of minion 0
 * @param intervalNanos 0 when nobody ever asks
 * @param minions how many there are
 */
record Turns(long anchorNanos, long intervalNanos, int minions) {
    Turns(long anchorNanos, Duration interval, int minions) {
        this(anchorNanos, interval.toNanos(), minions);
    }

    boolean any() {
        return intervalNanos > 0;
    }

    /** The minion's first turn after the instant. */
    long after(int minion, long nanoTime) {
        long own = anchorNanos + (long) ((double) minion / minions * intervalNanos);
        return nanoTime + intervalNanos - Math.floorMod(nanoTime - own, intervalNanos);
    }
}
