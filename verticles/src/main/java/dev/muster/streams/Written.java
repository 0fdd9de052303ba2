package dev.muster.streams;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Optional;
import java.util.Queue;

/** Which events were acknowledged, until they are read back. Belongs to one event loop. */
final class Written {
    private final Queue<Stream> streams = new ArrayDeque<>();

    /**
     * A stream with acknowledged events.
     *
     * @param acknowledged which of them, by their place in the iteration
     */
    record Stream(StreamId id, BitSet acknowledged) {}

    void add(StreamId id, BitSet acknowledged) {
        if (!acknowledged.isEmpty()) {
            streams.add(new Stream(id, acknowledged));
        }
    }

    /** Takes one out; empty when there is none any more. */
    Optional<Stream> take() {
        return Optional.ofNullable(streams.poll());
    }
}
