package dev.muster.store;

import dev.muster.bus.NewEvent;
import java.util.List;

/**
 * Events that are stored together or not at all, with the numbers from {@code first} on.
 *
 * @param tombstone whether it marks the end of a stream for good
 */
record EventRows(String stream, long first, List<NewEvent> events, long createdMicros, boolean tombstone) {
    /** What each row takes beside its data: about. */
    private static final int ROW_BYTES = 100;

    static long bytes(List<NewEvent> events) {
        long bytes = 0;
        for (var event : events) {
            bytes += ROW_BYTES + event.data().length + event.metadata().length;
        }
        return bytes;
    }
}
