package dev.muster.bus;

/** Asks whoever carries out runs which experiments there are; replies {@link KnownExperiments}. */
public record ExperimentsQuery() implements Message {}
