package dev.muster.broker;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Finds the messages in one connection's bytes, however TCP merged or split them. It keeps the bytes of one unfinished
 * message at most. For one thread, which also owns the scratch.
 */
final class Parser {
    /** Bytes that a scratch needs: what is kept, and one read. */
    static final int SCRATCH = 1024;

    private static final byte[] NOTHING = {};

    private final byte[] scratch;
    private final Input input;
    private final Unframed unframed;
    private final Lines lines;
    private byte[] kept = NOTHING;

    /** 0 until the first message tells. */
    private int version;

    /**
     * @param scratch may be shared by the parsers of a thread
     */
    Parser(byte[] scratch, Input input) {
        this.scratch = scratch;
        this.input = input;
        var dropped = new Dropped(input);
        this.unframed = new Unframed(scratch, input, dropped);
        this.lines = new Lines(scratch, input, dropped);
    }

    /** Reads all of the bytes. */
    void read(ByteBuf data) {
        while (data.isReadable() && input.isOpen()) {
            System.arraycopy(kept, 0, scratch, 0, kept.length);
            int length = Math.min(data.readableBytes(), scratch.length - kept.length);
            data.readBytes(scratch, kept.length, length);
            parse(kept.length + length, !data.isReadable(), false);
        }
    }

    /** Whether a number is complete if nothing follows it for 50 ms. */
    boolean awaitsSilence() {
        return kept.length > 0 && unframed.endsInNumber();
    }

    /** Nothing followed for 50 ms. */
    void silence() {
        if (awaitsSilence()) {
            System.arraycopy(kept, 0, scratch, 0, kept.length);
            parse(kept.length, true, true);
        }
    }

    private void parse(int end, boolean endOfRead, boolean silent) {
        int at = 0;
        while (at < end && input.isOpen()) {
            int next = message(at, end, endOfRead, silent);
            if (next < 0) {
                break;
            }
            at = next;
        }
        kept = at == end || !input.isOpen() ? NOTHING : Arrays.copyOfRange(scratch, at, end);
    }

    /** The index behind the message or what was dropped; -1 when it is not complete. */
    private int message(int at, int end, boolean endOfRead, boolean silent) {
        boolean line = version == 2 || (version == 0 && (lines.isInside() || scratch[at] == Wire.V2[0]));
        int next = line ? lines.next(at, end) : unframed.next(at, end, endOfRead, silent);
        if (version == 0) {
            version = lines.isOpened() ? 2 : unframed.isOpened() ? 1 : 0;
        }
        return next;
    }
}
