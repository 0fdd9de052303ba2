package dev.muster.stress;

/**
 * CPU time.
 *
 * @param requestedNanos what was asked for
 * @param deliveredNanos what was got
 */
record Used(long requestedNanos, long deliveredNanos) {
    static final Used NOTHING = new Used(0, 0);

    private static final double NANOS = 1e9;

    Used plus(Used other) {
        return new Used(requestedNanos + other.requestedNanos, deliveredNanos + other.deliveredNanos);
    }

    double requestedSeconds() {
        return requestedNanos / NANOS;
    }

    double deliveredSeconds() {
        return deliveredNanos / NANOS;
    }
}
