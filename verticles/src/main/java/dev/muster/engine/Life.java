package dev.muster.engine;

import io.netty.util.concurrent.Future;
import java.util.OptionalInt;

/**
 * Where an engine is in its life. {@link VirtualEngine} owns every transition:
 *
 * <pre>
 *   Waiting -> Connecting -> Introduced -> Live -> Leaving -> Ended
 *      ^           |             |          |
 *      +-----------+-------------+----------+   and from there to Ended when it has tried often enough
 * </pre>
 */
sealed interface Life {
    /**
     * Its next try is due later; the wheel has it.
     *
     * @param failures of tries, in a row; 0 before the first try alone
     */
    record Waiting(long failures) implements Life {}

    /** A connection is being made. */
    record Connecting(long failures) implements Life {}

    /**
     * It has said who it is, and waits for the broker's answer.
     *
     * @param patience ends the wait
     */
    record Introduced(long failures, Link link, Future<?> patience) implements Life {}

    /** It is registered and sends heartbeats; the wheel has it. */
    record Live(Link link) implements Life {}

    /**
     * It has said good-bye, and waits for the connection's end.
     *
     * @param patience ends the wait
     * @param code of the broker's KILL, when it was one
     */
    record Leaving(Link link, Future<?> patience, OptionalInt code) implements Life {}

    /** Nothing more happens. */
    record Ended() implements Life {}
}
