package dev.muster.broker;

/** A connection's life, from left to right: greeting, perhaps claiming, seated, ended. {@link Conversation} owns every transition. */
sealed interface Life {
    /**
     * No engine has registered yet.
     *
     * @param began when the connection was accepted, of {@link System#nanoTime}
     */
    record Greeting(long began) implements Life {}

    /**
     * One wants to, and the other brokers are asked. What follows is not read yet.
     *
     * @param began as above
     */
    record Claiming(long began) implements Life {}

    /** An engine has. */
    record Seated(Seat seat) implements Life {}

    /** Nothing is read or written any more. */
    record Ended() implements Life {}
}
