package dev.muster.bus;

/**
 * Reads some events in a row; replies {@link StreamPage}.
 *
 * @param from the number to begin at; {@link ReadEvent#HEAD} for the last one
 * @param forward towards higher numbers
 * @param count how many at most
 * @param bodies whether data and metadata are wanted as well: a page of large ones is then cut
 */
public record ReadPage(String stream, long from, boolean forward, int count, boolean bodies) implements Message {}
