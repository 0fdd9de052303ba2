package dev.muster.bus;

/**
 * Ends the run under way (admin), which then writes what it has; replies {@link RunAnswer}.
 *
 * @param credential proves that the sender may
 * @param run its id
 */
public record StopRun(Credential credential, String run) implements Message {}
