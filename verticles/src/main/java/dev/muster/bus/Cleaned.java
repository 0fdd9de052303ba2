package dev.muster.bus;

/**
 * The tables are empty.
 *
 * @param minions how many were deleted
 */
public record Cleaned(long minions) implements Message {}
