package dev.muster.broker;

import java.util.Optional;

/** What becomes of an engine's place here when another broker wants the engine. */
sealed interface Yielded {
    /** It has a connection here, and stays. */
    record Held() implements Yielded {}

    /** It has none. What was left of it is forgotten. */
    record Free() implements Yielded {}

    /**
     * It has shown its token: its place here is forgotten.
     *
     * @param last number of its heartbeats
     * @param due when its next one was due, of {@link System#nanoTime}; 0 when none was
     * @param owner its connection here, which is to end
     */
    record Moved(long last, long due, Optional<Conversation> owner) implements Yielded {}
}
