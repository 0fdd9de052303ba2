package dev.muster.broker;

import java.util.Arrays;

/** The messages of v2, a line each. */
final class Lines {
    private static final long NONE = -1;

    private final byte[] bytes;
    private int at;
    private int end;

    Lines(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads one line, or drops it.
     *
     * @return the index behind it, or {@link Unframed#INCOMPLETE}
     */
    int next(Unread unread, int from, int to) {
        int stop = from;
        while (stop < to && bytes[stop] != '\n') {
            stop++;
        }
        if (stop == to) {
            if (!unread.insideLine && to - from < Wire.MAX_LINE) {
                return Unframed.INCOMPLETE;
            }
            unread.insideLine = true;
            unread.drop(to - from);
            return to;
        }
        if (unread.insideLine || stop + 1 - from > Wire.MAX_LINE) {
            unread.drop(stop + 1 - from);
        } else {
            at = from;
            end = stop > from && bytes[stop - 1] == '\r' ? stop - 1 : stop;
            if (!message(unread)) {
                unread.input.malformed();
            }
        }
        unread.insideLine = false;
        unread.endRun();
        return stop + 1;
    }

    private boolean message(Unread unread) {
        if (word(Wire.V2)) {
            return newEngine(unread);
        }
        var input = unread.input;
        if (unread.version == 0) {
            return false;
        }
        if (word(Wire.HEART_BEAT)) {
            return heartBeat(input);
        }
        if (word(Wire.CONFIRM)) {
            long order = number();
            return order > 0 && atEnd() && accept(() -> input.confirm(order));
        }
        if (word(Wire.DONE)) {
            long order = number();
            long cpu = order > 0 && colon() ? number() : NONE;
            return cpu >= 0 && atEnd() && accept(() -> input.done(order, cpu));
        }
        return word(Wire.BYE) && atEnd() && accept(input::bye);
    }

    private static boolean accept(Runnable message) {
        message.run();
        return true;
    }

    private boolean newEngine(Unread unread) {
        int idFrom = at;
        int idTo = id();
        long last = idTo > idFrom && colon() ? number() : NONE;
        if (last < 0) {
            return false;
        }
        boolean hasToken = !atEnd();
        int tokenFrom = at + 1;
        if (hasToken && !(colon() && isToken())) {
            return false;
        }
        unread.version = 2;
        long token = hasToken ? token(tokenFrom) : 0;
        unread.input.newEngine(2, Arrays.copyOfRange(bytes, idFrom, idTo), last, hasToken, token);
        return true;
    }

    private boolean heartBeat(Input input) {
        int idFrom = at;
        int idTo = id();
        long number = idTo > idFrom && colon() ? number() : NONE;
        long sent = number >= 0 && colon() ? number() : NONE;
        if (sent < 0) {
            return false;
        }
        long late = NONE;
        if (!atEnd()) {
            late = colon() ? number() : NONE;
            if (late < 0 || !atEnd()) {
                return false;
            }
        }
        input.heartBeat(bytes, idFrom, idTo, number, sent, late);
        return true;
    }

    private boolean word(byte[] word) {
        boolean here = Wire.startsWith(word, bytes, at, end);
        at += here ? word.length : 0;
        return here;
    }

    private boolean colon() {
        return at < end && bytes[at++] == ':';
    }

    private boolean atEnd() {
        return at == end;
    }

    /** The index behind an id; not behind the beginning when there is none. */
    private int id() {
        int from = at;
        while (at < end && Wire.isIdCharacter(bytes[at])) {
            at++;
        }
        return at - from > Wire.MAX_ID ? from : at;
    }

    private long number() {
        int from = at;
        long number = 0;
        while (at < end && Wire.isDigit(bytes[at]) && at - from < Wire.MAX_DIGITS) {
            number = number * 10 + bytes[at++] - '0';
        }
        boolean leadingZero = at - from > 1 && bytes[from] == '0';
        return at == from || leadingZero || number > Wire.MAX_NUMBER ? NONE : number;
    }

    private boolean isToken() {
        if (end - at != Wire.TOKEN_DIGITS) {
            return false;
        }
        for (int i = at; i < end; i++) {
            if (!Wire.isDigit(bytes[i]) && (bytes[i] < 'a' || bytes[i] > 'f')) {
                return false;
            }
        }
        return true;
    }

    private long token(int from) {
        long token = 0;
        for (int i = from; i < from + Wire.TOKEN_DIGITS; i++) {
            token = token << 4 | Character.digit(bytes[i], 16);
        }
        return token;
    }
}
