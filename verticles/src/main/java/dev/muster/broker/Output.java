package dev.muster.broker;

import java.net.SocketAddress;
import java.util.concurrent.Executor;

/** The network's side of a conversation. For its event loop, but for what says otherwise. */
interface Output {
    /** Writes text; it leaves when the bytes that are being read have all been read, or at {@link #flush}. */
    void write(String text);

    /** Writes the acknowledgement of a heartbeat. */
    void acknowledge(long number, long sent);

    /** Reads nothing more until {@link #resume}. */
    void pause();

    /** Reads what has waited, and goes on. */
    void resume();

    void flush();

    /** Closes when what was written has left. */
    void close();

    /** Closes at once. */
    void cut();

    /** False when the peer does not read what is sent to it. */
    boolean isWritable();

    /** The event loop. For any thread. */
    Executor loop();

    /** Where the engine is. For any thread. */
    SocketAddress address();
}
