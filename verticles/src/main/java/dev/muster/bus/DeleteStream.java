package dev.muster.bus;

/**
 * Deletes a stream; replies {@link Appended} with one outcome.
 *
 * @param expected as for {@link Append}
 * @param hard for good: else the next append begins it anew, with the number after its last one
 */
public record DeleteStream(String stream, long expected, boolean hard) implements Message {}
