package dev.muster.broker;

import org.jspecify.annotations.Nullable;

/** What the registry says to an engine that wants to register. */
sealed interface Registration {
    /** The engine is new here. */
    record Registered(Seat seat, long token, long last) implements Registration {}

    /**
     * The engine is back.
     *
     * @param lost heartbeats that it has sent and that never arrived
     * @param previous its old connection, when that is still open
     */
    record Resumed(
            Seat seat,
            long token,
            long last,
            long lost,
            @Nullable Conversation previous) implements Registration {}

    /** The engine has a connection. */
    record Duplicate() implements Registration {}

    /** There are as many engines as the broker takes. */
    record Full() implements Registration {}
}
