package dev.muster.broker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An engine's place in the registry.
 *
 * @param block the arrays that hold its state
 * @param index its index in them
 */
record Seat(Block block, int index) {
    /** Its number in the registry. */
    int number() {
        return block.first() + index;
    }

    /** The engine's protocol. */
    int version() {
        return block.version(index);
    }

    long last() {
        return block.last(index);
    }

    @Nullable Conversation owner() {
        return block.owner(index);
    }

    boolean isId(byte[] buffer, int from, int to) {
        var id = block.id(index);
        return id != null && Arrays.equals(id, 0, id.length, buffer, from, to);
    }

    static String text(byte[] id) {
        return new String(id, StandardCharsets.US_ASCII);
    }
}
