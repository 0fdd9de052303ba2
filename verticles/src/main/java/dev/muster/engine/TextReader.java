package dev.muster.engine;

import io.netty.buffer.ByteBuf;

/**
 * Reads protocol v1, which has no framing: words are known, and a number is complete when no digit follows, when it is 0,
 * or when nothing follows for a while.
 */
final class TextReader extends Reader {
    private final byte[] duplicate;

    /** @param id the engine's own, which ends the one message of v1 that has no end of its own */
    TextReader(Answers answers, byte[] id) {
        super(answers);
        duplicate = join(Words.DUPLICATE, id);
    }

    private static byte[] join(byte[] first, byte[] second) {
        var both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    void consume(ByteBuf text) {
        while (text.isReadable() && !isBroken() && message(text, false)) {
            // message() has moved on
        }
    }

    @Override
    void complete(ByteBuf text) {
        while (text.isReadable() && !isBroken() && message(text, true)) {
            // message() has moved on
        }
    }

    @Override
    boolean mayComplete() {
        return true;
    }

    /** Takes one message; false when it is not complete. */
    private boolean message(ByteBuf text, boolean nothingFollows) {
        byte first = text.getByte(text.readerIndex());
        if (first == '\n' || first == '\r') {
            text.skipBytes(1);
            return true;
        }
        var at = cursor.over(text, text.readerIndex(), text.writerIndex());
        if (at.take(Words.REGISTERED)) {
            answers.registered(false, "", Cursor.BAD);
        } else if (at.take(duplicate)) {
            answers.refused("Duplicate Engine ID");
        } else if (at.take(Words.DO_WORK)) {
            return number(text, Words.DO_WORK.length, nothingFollows);
        } else if (at.take(Words.KILL)) {
            return number(text, Words.KILL.length, nothingFollows);
        } else if (at.take(Words.ERROR)) {
            return error(text);
        } else {
            if (!mayBecomeOne(at)) {
                malformed(text);
            }
            return false;
        }
        text.readerIndex(at.position());
        return true;
    }

    private boolean mayBecomeOne(Cursor at) {
        return at.mayBecome(Words.REGISTERED)
                || at.mayBecome(duplicate)
                || at.mayBecome(Words.DO_WORK)
                || at.mayBecome(Words.KILL)
                || at.mayBecome(Words.ERROR);
    }

    private boolean number(ByteBuf text, int wordLength, boolean nothingFollows) {
        boolean kills = wordLength == Words.KILL.length;
        int from = text.readerIndex() + wordLength;
        var at = cursor.over(text, from, text.writerIndex());
        if (at.atEnd()) {
            return false;
        }
        long value = at.number(kills ? Words.MOST_CODE : Words.MOST_MILLIS);
        if (value == Cursor.BAD) {
            malformed(text);
            return false;
        }
        if (at.atEnd() && value != 0 && !nothingFollows) {
            return false;
        }
        text.readerIndex(at.position());
        if (kills) {
            answers.kill((int) value, 0);
        } else {
            answers.doWork(value, 0);
        }
        return true;
    }

    private boolean error(ByteBuf text) {
        int end = text.indexOf(text.readerIndex(), text.writerIndex(), (byte) '\n');
        if (end < 0) {
            return false;
        }
        int from = text.readerIndex() + Words.ERROR.length;
        answers.error(cursor.over(text, from, end).rest());
        text.readerIndex(end + 1);
        return true;
    }
}
