package dev.muster.bus;

import java.util.List;

/**
 * Events to append to a stream together, or not at all.
 *
 * @param expected the number of the stream's last event, or one of the constants
 * @param events at least one, no id twice
 */
public record Append(String stream, long expected, List<NewEvent> events) {
    /** Whatever the stream holds. */
    public static final long ANY = -2;

    /** The stream must not exist. */
    public static final long NO_STREAM = -1;

    /** The stream must exist. */
    public static final long EXISTING = -4;

    public Append {
        events = List.copyOf(events);
    }
}
