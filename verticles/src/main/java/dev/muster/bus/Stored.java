package dev.muster.bus;

/** It is committed. */
public record Stored() implements Message {
    /** The one instance. */
    public static final Stored INSTANCE = new Stored();
}
