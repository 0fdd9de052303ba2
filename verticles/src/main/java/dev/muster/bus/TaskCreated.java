package dev.muster.bus;

/**
 * The task is stored and will be given out.
 *
 * @param task its number
 * @param assigned how many minions it was meant for
 */
public record TaskCreated(long task, long assigned) implements Message {}
