package dev.muster.bus;

/**
 * Reads one event; replies {@link StreamPage} with it, or without when it is not there.
 *
 * @param number from 0; {@link #HEAD} for the last one
 */
public record ReadEvent(String stream, long number) implements Message {
    /** The last event. */
    public static final long HEAD = -1;
}
