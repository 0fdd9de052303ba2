package dev.muster.bus;

import java.util.List;

/**
 * What became of each of the {@link Appends}, or of a {@link DeleteStream}.
 *
 * @param outcomes in the order of the message
 */
public record Appended(List<Outcome> outcomes) implements Message {
    public Appended {
        outcomes = List.copyOf(outcomes);
    }

    /** What became of one. */
    public enum Result {
        /** It is committed, now or by an earlier try. */
        STORED,
        /** The stream is not what the sender expects, or holds some of the events elsewhere. */
        WRONG_VERSION,
        /** The stream is deleted for good. */
        GONE,
        /** The database refused it for its data. */
        REFUSED,
        /** It is not committed, or nobody knows: try again. */
        UNAVAILABLE,
        /** Something is broken here. */
        FAILED
    }

    /**
     * One.
     *
     * @param number of the first event when it is stored; of the stream's last event when the version is wrong, -1 for
     *     none
     * @param reason for a user to read; empty when it is stored
     */
    public record Outcome(Result result, long number, String reason) {}
}
