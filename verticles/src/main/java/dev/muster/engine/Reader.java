package dev.muster.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of what a broker sends, however TCP merges and splits it. What is left of a message waits here, bounded.
 * One for each connection; for its event loop.
 */
abstract sealed class Reader permits LineReader, TextReader {
    /** The longest message is shorter. */
    static final int MOST_HELD = 512;

    final Answers answers;
    final Cursor cursor = new Cursor(Unpooled.EMPTY_BUFFER);
    private @Nullable ByteBuf held;
    private boolean broken;

    Reader(Answers answers) {
        this.answers = answers;
    }

    /** Reads more. The buffer stays the caller's. */
    final void read(ByteBuf more) {
        if (broken) {
            return;
        }
        var waiting = held;
        if (waiting == null) {
            consume(more);
            hold(more);
        } else {
            held = null;
            waiting.writeBytes(more);
            consume(waiting);
            hold(waiting);
        }
    }

    /** Nothing came for a while: what waits is complete, if it can be. */
    final void silence() {
        var waiting = held;
        if (waiting != null && !broken) {
            held = null;
            complete(waiting);
            hold(waiting);
        }
    }

    /** Whether {@link #silence} would change something. */
    final boolean waitsForSilence() {
        return held != null && !broken && mayComplete();
    }

    private void hold(ByteBuf rest) {
        if (broken || !rest.isReadable()) {
            return;
        }
        if (rest.readableBytes() > MOST_HELD) {
            malformed(rest);
            return;
        }
        held = Unpooled.buffer(rest.readableBytes() + 32).writeBytes(rest);
    }

    /** Tells it, and reads nothing more. */
    final void malformed(ByteBuf text) {
        broken = true;
        held = null;
        answers.malformed(
                cursor.over(text, text.readerIndex(), text.writerIndex()).rest());
    }

    final boolean isBroken() {
        return broken;
    }

    /** Takes every complete message from the buffer's beginning, and leaves the rest. */
    abstract void consume(ByteBuf text);

    /** Takes what nothing more will follow. */
    abstract void complete(ByteBuf text);

    /** Whether silence can end a message. */
    abstract boolean mayComplete();
}
