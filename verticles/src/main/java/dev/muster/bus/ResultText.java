package dev.muster.bus;

/**
 * Something of a result.
 *
 * @param found whether it is there
 * @param text its text, or what is wrong
 */
public record ResultText(boolean found, String text) implements Message {}
