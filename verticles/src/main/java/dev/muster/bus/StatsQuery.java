package dev.muster.bus;

/**
 * Asks the collector for everything it has merged.
 *
 * @param timeline whether to include the timeline, one point a second
 * @param histograms whether to include the encoded distributions
 */
public record StatsQuery(boolean timeline, boolean histograms) implements Message {}
