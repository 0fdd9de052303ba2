package dev.muster.broker;

/** What a parser has read, message by message. */
interface Input {
    /**
     * An engine wants to register.
     *
     * @param version of the protocol, 1 or 2
     */
    void newEngine(int version, byte[] id, long last, boolean hasToken, long token);

    /**
     * A heartbeat. The id stands in the buffer, which is valid during this call alone.
     *
     * @param sent by the engine's clock; -1 in v1
     * @param late microseconds; -1 when the engine does not tell
     */
    void heartBeat(byte[] buffer, int idFrom, int idTo, long number, long sent, long late);

    /** The engine will do what it was told. */
    void confirm(long order);

    /** The engine has burnt so much CPU for a command. */
    void done(long order, long cpuMillis);

    /** The engine leaves. */
    void bye();

    /** Something that is no message was dropped. Told again for every so many bytes of it. */
    void malformed();

    /** The number of the last heartbeat that counted. */
    long last();

    /** Whether what follows has to wait: the last message is not answered yet. */
    boolean isWaiting();

    /** Whether more messages are wanted. */
    boolean isOpen();
}
