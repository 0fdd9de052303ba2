package dev.muster.bus;

/** Asks what the faults of a run did to the users. */
public record FaultImpactQuery() implements Message {
    /** The only one there needs to be. */
    public static final FaultImpactQuery INSTANCE = new FaultImpactQuery();
}
