package dev.muster.kube;

/** What happens to a connection to an API server. */
public enum LinkEvent {
    /** The first connection was made. */
    CONNECTED,
    /** A connection was made after one was lost. */
    RECONNECTED,
    /** A connection ended, by either side or by the network. */
    LOST,
    /** A try to make one failed. */
    UNREACHED
}
