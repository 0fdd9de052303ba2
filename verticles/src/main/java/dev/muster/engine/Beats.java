package dev.muster.engine;

/** The numbers of an engine's heartbeats, and which of them the broker has acknowledged. For one event loop. */
final class Beats {
    private long last;
    private int unacknowledged;
    /** When the oldest heartbeat that is not acknowledged was sent, or a newer one acknowledged. */
    private long heard;

    /** The number of the last one that was sent. */
    long last() {
        return last;
    }

    /** The broker goes on after this number, if it is the greater one. */
    void goOnAfter(long brokersLast) {
        last = Math.max(last, brokersLast);
    }

    /** The number of the next one, which is sent now and gets no answer. */
    long next() {
        return ++last;
    }

    /** The one that was just sent gets an answer. */
    void await(long now) {
        heard = unacknowledged == 0 ? now : heard;
        unacknowledged++;
    }

    /** The answer has come; false when it is not that of the oldest one without. */
    boolean acknowledge(long number, long now) {
        if (unacknowledged == 0 || number != last - unacknowledged + 1) {
            return false;
        }
        unacknowledged--;
        heard = now;
        return true;
    }

    /** Whether an answer has been missing for longer. */
    boolean unansweredFor(long nanos, long now) {
        return unacknowledged > 0 && now - heard > nanos;
    }

    /** No answer comes any more. Returns for how many. */
    int giveUp() {
        int lost = unacknowledged;
        unacknowledged = 0;
        return lost;
    }
}
