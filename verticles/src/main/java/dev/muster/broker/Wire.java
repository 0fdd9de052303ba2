package dev.muster.broker;

import java.nio.charset.StandardCharsets;

/** The words, characters and bounds of both protocols, as {@code docs/protocol.md} has them. */
final class Wire {
    static final int MAX_ID = 128;

    /** Bytes of a line of v2, its end included. */
    static final int MAX_LINE = 256;

    /** The original counts in JavaScript's numbers. */
    static final long MAX_NUMBER = (1L << 53) - 1;

    static final int MAX_DIGITS = 16;
    static final int MAX_WORK_MILLIS = 86_400_000;
    static final int TOKEN_DIGITS = 16;

    static final byte[] NEW_ENGINE = ascii("NewEngine:");
    static final byte[] HEART_BEAT = ascii("HeartBeat:");
    static final byte[] V2 = ascii("MUSTER:2:NewEngine:");
    static final byte[] CONFIRM = ascii("CONFIRM:");
    static final byte[] DONE = ascii("DONE:");
    static final byte[] BYE = ascii("BYE");

    private Wire() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isLetter(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }

    static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    static boolean isIdCharacter(byte b) {
        return isLetter(b) || isDigit(b) || b == '.' || b == '_' || b == '-';
    }

    /** How many bytes of the word stand here, before the first other one or the end. */
    static int matching(byte[] word, byte[] bytes, int at, int end) {
        int i = 0;
        while (i < word.length && at + i < end && bytes[at + i] == word[i]) {
            i++;
        }
        return i;
    }

    static boolean startsWith(byte[] word, byte[] bytes, int at, int end) {
        return matching(word, bytes, at, end) == word.length;
    }
}
