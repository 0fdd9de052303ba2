package dev.muster.broker;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** What a {@link Parser} remembers of one connection from read to read. */
final class Unread {
    private static final byte[] NOTHING = {};

    /** Dropped bytes are told of again for every so many. */
    private static final int TOLD_EVERY = 256;

    /** The beginning of a message that is not complete. */
    byte[] kept = NOTHING;

    /** Of the protocol; 0 until the first registration tells. */
    byte version;

    /** Whether the beginning of a line that is too long has been dropped. */
    boolean insideLine;

    /** Whether what is kept ends in a number, which silence makes complete. */
    boolean endsInNumber;

    /** Whether the silence is awaited. */
    boolean silenceAwaited;

    final Input input;
    private int dropped;

    Unread(Input input) {
        this.input = input;
    }

    /** More bytes have come that have to wait. */
    void keepToo(ByteBuf data) {
        int before = kept.length;
        kept = Arrays.copyOf(kept, before + data.readableBytes());
        data.readBytes(kept, before, kept.length - before);
    }

    void keepNothing() {
        kept = NOTHING;
    }

    /** Whether a number is complete if nothing follows it for 50 ms. */
    boolean awaitsSilence() {
        return kept.length > 0 && endsInNumber;
    }

    /**
     * Bytes that belong to no message. A run of them is told when it begins and again for every so many, so that however
     * it is split the same is told, and a stream without end is told without end.
     */
    void drop(int bytes) {
        if (dropped == 0 && bytes > 0) {
            input.malformed();
        }
        int run = dropped + bytes;
        for (int told = run / TOLD_EVERY - dropped / TOLD_EVERY; told > 0 && input.isOpen(); told--) {
            input.malformed();
        }
        // Neither zero, which begins a run, nor ever too large.
        dropped = run % TOLD_EVERY + (run >= TOLD_EVERY ? TOLD_EVERY : 0);
    }

    /** A message, or the end of a line, ends the run. */
    void endRun() {
        dropped = 0;
    }
}
