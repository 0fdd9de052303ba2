package dev.muster.streams;

/**
 * How long a store that does not answer is asked again, all that is to be read back together: whether it is asked for one
 * stream or for a million, a store that has gone is waited for once. Belongs to one event loop.
 */
final class Patience {
    private final long nanos;
    private long answered = System.nanoTime();

    Patience(long nanos) {
        this.nanos = nanos;
    }

    /** The store has answered, for whichever stream. */
    void answered(long now) {
        answered = now;
    }

    /** Whether it has not answered at all for too long. */
    boolean isOver(long now) {
        return isOver(answered, now);
    }

    /** Whether that is too long for one stream, however well the store answers for others. */
    boolean isOver(long since, long now) {
        return now - since > nanos;
    }
}
