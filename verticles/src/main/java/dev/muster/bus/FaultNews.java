package dev.muster.bus;

/**
 * How far a fault is.
 *
 * @param number of the fault, as its {@link FaultPlan} has it
 * @param epochMillis when this was sent, by the sender's clock
 * @param text what was done, or why it could not be, for people
 */
public record FaultNews(int number, Phase phase, long epochMillis, String text) implements Message {
    /** The life of a fault. */
    public enum Phase {
        /** It is done now: sent just before. */
        BEGUN,
        /** All of it is over, what was to be undone included. */
        OVER,
        /** It, or what undoes it, could not be done. */
        FAILED
    }
}
