package dev.muster.bus;

import java.util.List;

/**
 * Minions that report that they run, as many as came at once: one message for all of them.
 *
 * @param minions 1 to 256
 */
public record Registrations(List<Registration> minions) implements Message {
    /** What a sender puts into one message at most. */
    public static final int MOST = 256;

    public Registrations {
        minions = List.copyOf(minions);
    }
}
