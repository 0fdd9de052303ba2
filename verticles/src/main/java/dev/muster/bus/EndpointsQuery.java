package dev.muster.bus;

/** Asks one process where its servers listen. It answers when all of its roles have started, and not before. */
public record EndpointsQuery() implements Message {
    /** The one instance. */
    public static final EndpointsQuery INSTANCE = new EndpointsQuery();
}
