package dev.muster.driver;

/** Turns that come at a constant rate; a turn that nobody took for a while is not made up for. For one thread. */
final class Rate {
    /** How far the turns may fall behind: timers tick by the millisecond, and are late on a busy machine. */
    private static final long SLACK_NANOS = 100_000_000;

    private final double perSecond;
    private double next;

    /**
     * @param perSecond 0 for as many as are wanted
     * @param now of {@link System#nanoTime}
     */
    Rate(double perSecond, long now) {
        this.perSecond = perSecond;
        this.next = now;
    }

    /** When the next turn is: now, or later. */
    long take(long now) {
        if (perSecond == 0) {
            return now;
        }
        next = Math.max(next, (double) now - SLACK_NANOS);
        long turn = Math.round(next);
        next += 1e9 / perSecond;
        return Math.max(turn, now);
    }
}
