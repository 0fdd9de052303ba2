package dev.muster.bus;

/**
 * What became of a command to engines.
 *
 * @param command as the protocol has it: {@code DOWORK:50000}
 * @param engines that were told
 * @param confirmed by how many of them, before the answer
 * @param spreadMillis from the first confirmation to the last one
 */
public record Told(String command, int engines, int confirmed, double spreadMillis) implements Message {}
