package dev.muster.kube;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** Bytes that have come and are not worked off: a chunk is appended, and what was read is cut off in front. */
final class ByteLine {
    private static final int SMALL = 1 << 16;

    private byte[] bytes = new byte[SMALL];
    private int length;

    /** Valid up to {@link #length} and until the next call of another method. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void append(Buffer chunk) {
        int needed = length + chunk.length();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        chunk.getBytes(bytes, length);
        length = needed;
    }

    /** Forgets the first so many; a large event does not hold its memory for ever. */
    void cut(int read) {
        System.arraycopy(bytes, read, bytes, 0, length - read);
        length -= read;
        if (length == 0 && bytes.length > SMALL) {
            bytes = new byte[SMALL];
        }
    }
}
