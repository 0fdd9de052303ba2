package dev.muster.streams;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of an HTTP/1.1 connection, one at a time and however they are cut (RFC 9112). It keeps an answer's
 * body only when it is told to. For one event loop.
 */
final class AnswerParser {
    private static final int LONGEST_HEAD = 64 * 1024;

    /** What the parser is in the middle of. */
    private enum State {
        /** Nothing has come yet. */
        BEGIN,
        HEAD,
        /** A body of a known length. */
        BODY,
        CHUNK_SIZE,
        CHUNK,
        /** The end of the line behind a chunk. */
        CHUNK_END,
        /** Behind the last chunk, to the empty line. */
        TRAILER,
        /** A body that ends with the connection. */
        REST,
        DONE
    }

    private State state = State.BEGIN;
    private byte[] line = new byte[512];
    private int length;
    private long left;
    private int status;
    private boolean closes;
    private @Nullable Buffer body;
    private boolean keeps;
    private String head = "";

    /**
     * Makes ready for the next answer.
     *
     * @param keep whether {@link #body} is wanted
     */
    void next(boolean keep) {
        state = State.BEGIN;
        length = 0;
        status = 0;
        closes = false;
        keeps = keep;
        body = keep ? Buffer.buffer() : null;
    }

    /** Whether something of the answer has come. */
    boolean hasBegun() {
        return state != State.BEGIN;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    int status() {
        return status;
    }

    /** The body as far as it is there; empty when it is not kept. */
    Buffer body() {
        return body == null ? Buffer.buffer() : body;
    }

    /** The answer's head. */
    String head() {
        return head;
    }

    /** Whether the connection is of no use after this answer. */
    boolean closes() {
        return closes;
    }

    /** The connection has ended; returns whether the answer is whole with that. */
    boolean ended() {
        if (state == State.REST) {
            state = State.DONE;
        }
        return state == State.DONE;
    }

    /**
     * Reads on.
     *
     * @throws IllegalArgumentException when it is no HTTP
     */
    void read(Buffer data) {
        int at = 0;
        int end = data.length();
        while (at < end) {
            switch (state) {
                case BEGIN, HEAD, CHUNK_SIZE, CHUNK_END, TRAILER -> at = readLine(data, at, end);
                case BODY, CHUNK, REST -> at = readBody(data, at, end);
                case DONE -> throw new IllegalArgumentException("more than one answer");
            }
        }
    }

    private int readBody(Buffer data, int at, int end) {
        int take = state == State.REST ? end - at : (int) Math.min(left, end - at);
        if (keeps) {
            body().appendBuffer(data, at, take);
        }
        left -= take;
        if (left == 0 && state != State.REST) {
            state = state == State.BODY ? State.DONE : State.CHUNK_END;
        }
        return at + take;
    }

    private int readLine(Buffer data, int from, int end) {
        for (int at = from; at < end; at++) {
            byte b = data.getByte(at);
            if (length == line.length) {
                grow();
            }
            line[length++] = b;
            if (b == '\n' && isLineDone()) {
                lineDone();
                return at + 1;
            }
        }
        if (state == State.BEGIN) {
            state = State.HEAD;
        }
        return end;
    }

    private void grow() {
        if (length >= LONGEST_HEAD) {
            throw new IllegalArgumentException("a head of more than " + LONGEST_HEAD + " bytes");
        }
        line = Arrays.copyOf(line, 2 * length);
    }

    /** A head is done with an empty line, all else with its own. */
    private boolean isLineDone() {
        if (state != State.BEGIN && state != State.HEAD) {
            return true;
        }
        return (length >= 4 && line[length - 2] == '\r' && line[length - 3] == '\n')
                || (length >= 2 && line[length - 2] == '\n');
    }

    private void lineDone() {
        var text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        length = 0;
        switch (state) {
            case CHUNK_SIZE -> chunk(text);
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILER -> state = text.isBlank() ? State.DONE : State.TRAILER;
            default -> headDone(text);
        }
    }

    private void chunk(String text) {
        int extension = text.indexOf(';');
        left = number((extension < 0 ? text : text.substring(0, extension)).strip(), 16);
        state = left == 0 ? State.TRAILER : State.CHUNK;
    }

    private void headDone(String text) {
        if (!text.startsWith("HTTP/1.") || text.length() < 12) {
            throw new IllegalArgumentException("not HTTP/1.1");
        }
        head = text;
        status = (int) number(text.substring(9, 12), 10);
        if (status < 200) {
            state = State.BEGIN; // an answer before the answer
            return;
        }
        closes = text.charAt(7) == '0';
        left = -1;
        boolean chunked = false;
        for (int from = text.indexOf('\n') + 1; from < text.length() - 2; ) {
            int to = text.indexOf('\n', from);
            int colon = text.indexOf(':', from);
            if (colon > from && colon < to) {
                int name = colon - from;
                if (text.regionMatches(true, from, "content-length", 0, name) && name == 14) {
                    left = number(text.substring(colon + 1, to).strip(), 10);
                } else if (text.regionMatches(true, from, "transfer-encoding", 0, name) && name == 17) {
                    chunked = lower(text, colon, to).contains("chunked");
                } else if (text.regionMatches(true, from, "connection", 0, name) && name == 10) {
                    closes = lower(text, colon, to).contains("close");
                }
            }
            from = to + 1;
        }
        begin(chunked);
    }

    private static String lower(String text, int colon, int to) {
        return text.substring(colon + 1, to).toLowerCase(Locale.ROOT);
    }

    private void begin(boolean chunked) {
        if (status == 204 || status == 304) {
            state = State.DONE;
        } else if (chunked) {
            state = State.CHUNK_SIZE;
        } else if (left == 0) {
            state = State.DONE;
        } else if (left > 0) {
            state = State.BODY;
        } else {
            closes = true;
            state = State.REST;
        }
    }

    private static long number(String digits, int radix) {
        long number = Long.parseLong(digits, radix);
        if (number < 0) {
            throw new IllegalArgumentException("a length below 0");
        }
        return number;
    }
}
