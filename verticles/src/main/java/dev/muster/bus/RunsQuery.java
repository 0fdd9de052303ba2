package dev.muster.bus;

/** Asks whoever keeps the results which runs there were; replies {@link KnownRuns}. */
public record RunsQuery() implements Message {}
