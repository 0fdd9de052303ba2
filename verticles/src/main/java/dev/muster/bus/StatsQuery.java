package dev.muster.bus;

import org.jspecify.annotations.Nullable;

/**
 * Asks the collector for everything it has merged.
 *
 * @param timeline whether to include the timeline, one point a second
 * @param histograms whether to include the encoded distributions
 * @param latest at most so many points of the timeline, the latest ones; null for all
 */
public record StatsQuery(
        boolean timeline, boolean histograms, @Nullable Integer latest) implements Message {
    /** With the whole timeline, or none of it. */
    public StatsQuery(boolean timeline, boolean histograms) {
        this(timeline, histograms, null);
    }

    /** With so many seconds of the timeline. */
    public static StatsQuery seconds(int latest) {
        return new StatsQuery(latest > 0, false, latest);
    }
}
