package dev.muster.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Finds the messages in the bytes of connections, however TCP merged or split them. Of each connection it keeps the bytes
 * of one unfinished message at most, in its {@link Unread}. For one thread.
 */
final class Parser {
    /** What is kept, and one read. */
    private static final int SCRATCH = 1024;

    private final byte[] scratch = new byte[SCRATCH];
    private final Unframed unframed = new Unframed(scratch);
    private final Lines lines = new Lines(scratch);

    /** Reads all of the bytes. */
    void read(Unread unread, ByteBuf data) {
        while (data.isReadable() && wants(unread.input)) {
            var kept = unread.kept;
            System.arraycopy(kept, 0, scratch, 0, kept.length);
            int length = Math.min(data.readableBytes(), scratch.length - kept.length);
            data.readBytes(scratch, kept.length, length);
            parse(unread, kept.length + length, !data.isReadable(), false);
        }
        if (data.isReadable() && unread.input.isOpen()) {
            unread.keepToo(data);
        }
    }

    /** Reads what had to wait. */
    void resume(Unread unread) {
        var waited = Unpooled.wrappedBuffer(unread.kept);
        unread.keepNothing();
        read(unread, waited);
    }

    private static boolean wants(Input input) {
        return input.isOpen() && !input.isWaiting();
    }

    /** Nothing followed for 50 ms. */
    void silence(Unread unread) {
        if (unread.awaitsSilence() && !unread.input.isWaiting()) {
            System.arraycopy(unread.kept, 0, scratch, 0, unread.kept.length);
            parse(unread, unread.kept.length, true, true);
        }
    }

    private void parse(Unread unread, int end, boolean endOfRead, boolean silent) {
        int at = 0;
        while (at < end && wants(unread.input)) {
            int next = isLine(unread, at)
                    ? lines.next(unread, at, end)
                    : unframed.next(unread, at, end, endOfRead, silent);
            if (next == Unframed.INCOMPLETE) {
                break;
            }
            at = next;
        }
        if (at == end || !unread.input.isOpen()) {
            unread.keepNothing();
        } else {
            unread.kept = Arrays.copyOfRange(scratch, at, end);
        }
    }

    private boolean isLine(Unread unread, int at) {
        return unread.version == 2 || (unread.version == 0 && (unread.insideLine || scratch[at] == Wire.V2[0]));
    }
}
