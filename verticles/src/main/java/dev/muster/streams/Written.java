package dev.muster.streams;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Optional;
import java.util.Queue;

/** Which events were acknowledged, until they are read back. Belongs to one event loop. */
final class Written {
    private final Queue<Stream> streams = new ArrayDeque<>();

    /** All events of a stream: a day's streams of which nothing is missing share it. */
    private final BitSet whole = new BitSet();

    /**
     * @param events of a stream
     */
    Written(int events) {
        whole.set(0, events);
    }

    /**
     * A stream with acknowledged events.
     *
     * @param acknowledged which of them, by their place in the iteration; not to be changed
     * @param faultsBefore how many faults had begun when the stream was
     */
    record Stream(StreamId id, BitSet acknowledged, int faultsBefore) {}

    void add(Stream stream) {
        var acknowledged = stream.acknowledged();
        if (!acknowledged.isEmpty()) {
            streams.add(acknowledged.equals(whole) ? new Stream(stream.id(), whole, stream.faultsBefore()) : stream);
        }
    }

    /** Takes one out; empty when there is none any more. */
    Optional<Stream> take() {
        return Optional.ofNullable(streams.poll());
    }
}
