package dev.muster.engine;

/**
 * Takes what a broker says. Numbers are passed as they are, so that an acknowledged heartbeat makes no object. See
 * {@code docs/protocol.md}.
 */
interface Answers {
    /**
     * The engine is registered, or has its place back.
     *
     * @param token proves who the engine is when it comes back; empty in v1
     * @param last after this number the heartbeats go on; below 0 in v1, which has none: after the engine's own
     */
    void registered(boolean resumed, String token, long last);

    /** The broker does not take the engine. */
    void refused(String reason);

    /** The broker could make nothing of what the engine sent, or has no place. */
    void error(String reason);

    /**
     * A heartbeat has arrived.
     *
     * @param sent what the heartbeat had said, in microseconds
     */
    void acknowledged(long number, long sent);

    /**
     * Burn so much CPU.
     *
     * @param order to confirm; 0 in v1, where there is no confirming
     */
    void doWork(long millis, long order);

    /**
     * End with this code.
     *
     * @param order to confirm; 0 in v1
     */
    void kill(int code, long order);

    /** The broker lets the engine go. */
    void bye();

    /** What the broker sent is of no known form. Nothing more will be read. */
    void malformed(String text);
}
