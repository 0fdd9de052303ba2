package dev.muster.bus;

import java.util.List;

/**
 * The {@link Registrations} are committed, but for those that were refused.
 *
 * @param refused empty when all are committed
 */
public record Registered(List<Refused> refused) implements Message {
    /** All are committed. */
    public static final Registered ALL = new Registered(List.of());

    public Registered {
        refused = List.copyOf(refused);
    }

    /**
     * One that is not committed, or that nobody knows to be.
     *
     * @param place its place in the message, from 0
     * @param failure whether to try again
     * @param reason for a user to read
     */
    public record Refused(int place, Failure failure, String reason) {}
}
