package dev.muster.bus;

import java.util.List;

/**
 * Events of a stream, all as of one instant.
 *
 * @param state whether there is such a stream
 * @param head number of its last event
 * @param first number of its first event that is not deleted
 * @param events in the order of their numbers, highest first
 */
public record StreamPage(State state, long head, long first, List<StreamEvent> events) implements Message {
    public StreamPage {
        events = List.copyOf(events);
    }

    /** Whether there is such a stream. */
    public enum State {
        EXISTS,
        /** It never was, or is deleted and may begin anew. */
        MISSING,
        /** Deleted for good. */
        GONE
    }

    /**
     * An event as it is stored.
     *
     * @param createdMicros when it was stored, in epoch microseconds
     * @param event its data and metadata empty when they were not asked for
     */
    public record StreamEvent(long number, long createdMicros, NewEvent event) {}
}
