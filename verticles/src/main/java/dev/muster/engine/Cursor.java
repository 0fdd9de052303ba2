package dev.muster.engine;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Reads words and numbers from a piece of a buffer, without making an object. For one thread; used again and again. */
final class Cursor {
    /** The largest number of the protocol: what a double holds exactly. */
    static final long MOST = 9_007_199_254_740_991L;

    static final int BAD = -1;

    private static final int SHOWN = 80;

    private ByteBuf text;
    private int at;
    private int end;

    Cursor(ByteBuf none) {
        text = none;
    }

    /** From here on it reads this piece. */
    Cursor over(ByteBuf buffer, int from, int to) {
        text = buffer;
        at = from;
        end = to;
        return this;
    }

    int position() {
        return at;
    }

    boolean atEnd() {
        return at == end;
    }

    /** Goes behind the word when it comes next; otherwise it stays. */
    boolean take(byte[] word) {
        if (end - at < word.length || common(word) < word.length) {
            return false;
        }
        at += word.length;
        return true;
    }

    /** Whether all that is left is the beginning of the word. */
    boolean mayBecome(byte[] word) {
        return end - at < word.length && common(word) == end - at;
    }

    private int common(byte[] word) {
        int most = Math.min(word.length, end - at);
        int same = 0;
        while (same < most && text.getByte(at + same) == word[same]) {
            same++;
        }
        return same;
    }

    /** Goes behind the digits that come next: their number, or {@link #BAD} when there are none or it is above the most. */
    long number(long most) {
        long value = 0;
        int from = at;
        while (at < end && isDigit(text.getByte(at))) {
            value = value * 10 + (text.getByte(at) - '0');
            at++;
            if (value > most || value == 0) {
                break; // too large, or a zero, behind which no digit may come
            }
        }
        return at == from || value > most ? BAD : value;
    }

    private static boolean isDigit(byte each) {
        return each >= '0' && each <= '9';
    }

    /** Goes behind the next so many bytes and tells them. */
    String word(int length) {
        var word = text.toString(at, length, StandardCharsets.US_ASCII);
        at += length;
        return word;
    }

    /** How many bytes are left. */
    int left() {
        return end - at;
    }

    /** All that is left, for a person to read: short, and without what disturbs a log. */
    String rest() {
        return word(Math.min(left(), SHOWN)).replaceAll("[^ -~]", "?");
    }
}
