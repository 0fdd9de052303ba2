package dev.muster.kube;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over one message of protobuf in an array of bytes, field by field, without making anything of what nobody asked for
 * (protobuf.dev, "Encoding"). For one thread.
 */
final class ProtobufBytes {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;

    private int field;
    private long number;
    private int from;
    private int to;

    ProtobufBytes(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Goes to the next field; whether there is one. */
    boolean next() {
        if (at >= end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        number = 0;
        from = to = at;
        switch ((int) tag & 7) {
            case VARINT -> number = varint();
            case FIXED64 -> at += 8;
            case FIXED32 -> at += 4;
            case BYTES -> {
                long length = varint();
                from = at;
                if (length < 0 || length > end - at) {
                    throw new IllegalArgumentException("no protobuf: a field is longer than its message");
                }
                to = at += (int) length;
            }
            default -> throw new IllegalArgumentException("no protobuf: a field of wire type " + (tag & 7));
        }
        return true;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw new IllegalArgumentException("no protobuf: it ends too early");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no protobuf: a number of more than 64 bits");
    }

    /** The number of the field. */
    int field() {
        return field;
    }

    /** Its value, when it is a number. */
    long number() {
        return number;
    }

    /** Where its bytes begin, when it has any. */
    int from() {
        return from;
    }

    int to() {
        return to;
    }

    String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    boolean is(byte[] wanted) {
        return Arrays.equals(bytes, from, to, wanted, 0, wanted.length);
    }

    /** The message that the field is. */
    ProtobufBytes nested() {
        return new ProtobufBytes(bytes, from, to);
    }

    /** The message that the field is behind some bytes with which it begins. */
    ProtobufBytes nestedBehind(byte[] magic) {
        if (to - from < magic.length || !Arrays.equals(bytes, from, from + magic.length, magic, 0, magic.length)) {
            throw new IllegalArgumentException("no object of Kubernetes in protobuf");
        }
        return new ProtobufBytes(bytes, from + magic.length, to);
    }
}
