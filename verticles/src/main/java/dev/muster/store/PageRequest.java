package dev.muster.store;

import dev.muster.bus.ReadEvent;

/**
 * A page as a client asks for it.
 *
 * @param from the number to begin at; {@link ReadEvent#HEAD} for the last event
 * @param isHead whether it is the stream itself, and not one of its pages
 */
record PageRequest(long from, boolean forward, int count, boolean isHead) {
    /** Events of a page when nobody says how many. */
    static final int USUAL = 20;

    /** What a client may ask for. */
    static final int MOST = 4_096;

    static final PageRequest HEAD = new PageRequest(ReadEvent.HEAD, false, USUAL, true);
}
