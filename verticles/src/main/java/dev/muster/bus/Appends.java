package dev.muster.bus;

import java.util.List;

/**
 * Appends that came at once: one message for all of them. Those of the same stream are done in their order.
 *
 * @param appends 1 to 256
 */
public record Appends(List<Append> appends) implements Message {
    /** What a sender puts into one message at most. */
    public static final int MOST = 256;

    public Appends {
        appends = List.copyOf(appends);
    }
}
