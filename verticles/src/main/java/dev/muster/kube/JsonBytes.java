package dev.muster.kube;

import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * Walks over JSON in an array of bytes without making anything of what nobody asked for. It checks only what it needs: that
 * strings, lists and objects end. For one thread.
 */
final class JsonBytes {
    private final byte[] bytes;
    private final int end;
    private int at;

    /** What to do with each member of an object. */
    interface Member {
        /**
         * The value is next; it must be read or skipped.
         *
         * @return whether to go on with the next member
         */
        boolean value(int keyFrom, int keyTo);
    }

    JsonBytes(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The index of the next byte. */
    int at() {
        return at;
    }

    /** Reads an object; whether all of its members were read. */
    boolean object(Member member) {
        expect('{');
        if (peek() == '}') {
            at++;
            return true;
        }
        while (true) {
            expect('"');
            int from = at;
            int to = stringEnd();
            expect(':');
            peek();
            if (!member.value(from, to)) {
                return false;
            }
            if (peek() == '}') {
                at++;
                return true;
            }
            expect(',');
        }
    }

    /** Whether a key is this one; none that is asked for needs escapes. */
    boolean is(int from, int to, byte[] key) {
        if (to - from != key.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (bytes[from + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads a string. */
    String string() {
        expect('"');
        int from = at;
        int to = stringEnd();
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return (String) Json.decodeValue(new String(bytes, from - 1, to - from + 2, StandardCharsets.UTF_8));
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Reads a string, or skips what is none, such as null; empty then. */
    String text() {
        if (peek() == '"') {
            return string();
        }
        skip();
        return "";
    }

    /** Reads a whole number without a sign. */
    int number() {
        int number = 0;
        peek();
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            number = 10 * number + bytes[at++] - '0';
        }
        return number;
    }

    /** Skips any value. */
    void skip() {
        byte first = peek();
        if (first == '"') {
            at++;
            stringEnd();
        } else if (first == '{' || first == '[') {
            skipNested();
        } else {
            while (at < end && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
                at++;
            }
        }
    }

    private void skipNested() {
        int depth = 0;
        do {
            require();
            byte next = bytes[at++];
            if (next == '"') {
                stringEnd();
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
            }
        } while (depth > 0);
    }

    /** Goes behind the string that has begun; where its last byte ends. */
    private int stringEnd() {
        while (true) {
            require();
            byte next = bytes[at++];
            if (next == '"') {
                return at - 1;
            } else if (next == '\\') {
                at++;
            }
        }
    }

    private byte peek() {
        require();
        while (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t') {
            at++;
            require();
        }
        return bytes[at];
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new IllegalArgumentException(
                    "no JSON: '" + (char) bytes[at] + "' where '" + wanted + "' should be, at byte " + at);
        }
        at++;
    }

    private void require() {
        if (at >= end) {
            throw new IllegalArgumentException("no JSON: it ends too early");
        }
    }
}
