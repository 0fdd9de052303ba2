package dev.muster.kube;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Finds the events in the bytes of a watch. For one thread. */
interface EventDecoder {
    /**
     * Takes in the next bytes, however they are cut, and passes on each event that is complete.
     *
     * @throws IllegalArgumentException when they are no events
     */
    void feed(Buffer chunk, Consumer<WatchEvent> events);
}
