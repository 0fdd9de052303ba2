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
     * @param faultsBefore how many faults had begun when the stream was
     */
    record Stream(StreamId id, BitSet acknowledged, int faultsBefore) {}

    void add(Stream stream) {
        if (!stream.acknowledged().isEmpty()) {
            streams.add(stream);
        }
    }

    /** Takes one out; empty when there is none any more. */
    Optional<Stream> take() {
        return Optional.ofNullable(streams.poll());
    }
}
