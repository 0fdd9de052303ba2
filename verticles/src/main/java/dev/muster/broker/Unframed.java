package dev.muster.broker;

import java.util.Arrays;

/** The messages of v1, which end where their number ends. */
final class Unframed {
    static final int INCOMPLETE = -1;

    private final byte[] bytes;

    Unframed(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads one message, or drops what is none.
     *
     * @param endOfRead whether nothing more has been read than is here
     * @param silent whether nothing has come for 50 ms
     * @return the index behind it, or {@link #INCOMPLETE}
     */
    int next(Unread unread, int at, int end, boolean endOfRead, boolean silent) {
        unread.endsInNumber = false;
        if (Wire.isLineEnd(bytes[at])) {
            unread.endRun();
            return at + 1;
        }
        boolean beat = bytes[at] == Wire.HEART_BEAT[0];
        var word = beat ? Wire.HEART_BEAT : Wire.NEW_ENGINE;
        int matching = Wire.matching(word, bytes, at, end);
        if (matching < word.length) {
            return at + matching == end ? INCOMPLETE : skip(unread, at, end);
        }
        int idFrom = at + word.length;
        int idTo = idFrom;
        while (idTo < end && idTo - idFrom <= Wire.MAX_ID && Wire.isIdCharacter(bytes[idTo])) {
            idTo++;
        }
        if (idTo - idFrom > Wire.MAX_ID || (idTo < end && (bytes[idTo] != ':' || idTo == idFrom))) {
            return skip(unread, at, end);
        }
        return idTo + 1 >= end ? INCOMPLETE : number(unread, at, idFrom, idTo, end, beat, endOfRead, silent);
    }

    private int number(
            Unread unread, int at, int idFrom, int idTo, int end, boolean beat, boolean endOfRead, boolean silent) {
        int to = idTo + 1;
        long number = 0;
        boolean zero = bytes[to] == '0';
        while (to < end && Wire.isDigit(bytes[to]) && number <= Wire.MAX_NUMBER && !(zero && to > idTo + 1)) {
            number = number * 10 + bytes[to++] - '0';
        }
        if (to == idTo + 1 || number > Wire.MAX_NUMBER) {
            return skip(unread, at, end);
        }
        if (!zero && to == end && !silent && !(beat && endOfRead && number == unread.input.last() + 1)) {
            unread.endsInNumber = true;
            return INCOMPLETE;
        }
        if (!zero && to < end && !Wire.isLetter(bytes[to]) && !Wire.isLineEnd(bytes[to])) {
            return skip(unread, at, end);
        }
        unread.endRun();
        if (beat) {
            unread.input.heartBeat(bytes, idFrom, idTo, number, -1, -1);
        } else {
            unread.version = 1;
            unread.input.newEngine(1, Arrays.copyOfRange(bytes, idFrom, idTo), number, false, 0);
        }
        return to;
    }

    /** Drops until where a message may begin. */
    private int skip(Unread unread, int at, int end) {
        int to = at + 1;
        while (to < end
                && !Wire.isLineEnd(bytes[to])
                && !mayBegin(Wire.HEART_BEAT, to, end)
                && !mayBegin(Wire.NEW_ENGINE, to, end)) {
            to++;
        }
        unread.drop(to - at);
        return to;
    }

    private boolean mayBegin(byte[] word, int at, int end) {
        int matching = Wire.matching(word, bytes, at, end);
        return matching == word.length || at + matching == end;
    }
}
