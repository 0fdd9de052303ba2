package dev.muster.measure;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * HdrHistogram's V2 encoding, and its counts, one after another, from an untrusted sender. An encoding holds what was
 * recorded and says how much lies empty between, so that reading costs as much as there is, and not as much as the header
 * says that there might be.
 *
 * <p>After the header of 40 bytes come numbers in ZigZag LEB128 of at most 9 bytes: a count of the next bucket, or, below
 * zero, how many buckets are empty. See {@code encodeIntoByteBuffer} in HdrHistogram's AbstractHistogram.
 */
final class EncodedHistogram {
    /** Cookie base of V2, with the word-size digit that V2 encoders always set. */
    private static final int V2_COOKIE = 0x1c849303 | 0x10;

    private static final int HEADER_BYTES = 40;

    /** Of all values that a long can be. */
    private static final int BUCKETS = Magnitudes.BLOCKS * Magnitudes.BLOCK;

    private static final byte[] NOTHING = {};

    private static final ByteBuffer NO_MORE = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ByteBuffer payload;
    private int bucket = -1;
    private long count;

    private EncodedHistogram(ByteBuffer payload) {
        this.payload = payload;
    }

    /** All counts; empty when there are none. */
    static byte[] encode(Magnitudes magnitudes) {
        if (magnitudes.total() == 0) {
            return NOTHING;
        }
        var numbers = new Numbers();
        int empty = 0;
        for (int block = 0; block < Magnitudes.BLOCKS; block++) {
            var counts = magnitudes.block(block);
            for (long count : counts) {
                if (count == 0) {
                    empty++;
                } else {
                    if (empty > 0) {
                        numbers.put(-empty);
                        empty = 0;
                    }
                    numbers.put(count);
                }
            }
            empty += Magnitudes.BLOCK - counts.length;
        }
        return header(Math.max(2, magnitudes.max()), numbers);
    }

    private static byte[] header(long highest, Numbers numbers) {
        return ByteBuffer.allocate(HEADER_BYTES + numbers.length)
                .putInt(V2_COOKIE)
                .putInt(numbers.length)
                .putInt(0)
                .putInt(Distribution.SIGNIFICANT_DIGITS)
                .putLong(1)
                .putLong(highest)
                .putDouble(1)
                .put(numbers.bytes, 0, numbers.length)
                .array();
    }

    /** Numbers in ZigZag LEB128 of at most 9 bytes, the last of which is whole. */
    private static final class Numbers {
        private static final int MOST_BYTES = 9;

        private byte[] bytes = new byte[128];
        private int length;

        void put(long number) {
            if (bytes.length - length < MOST_BYTES) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
            long left = (number << 1) ^ (number >> 63);
            for (int written = 1; written < MOST_BYTES && left >>> 7 != 0; written++) {
                bytes[length++] = (byte) ((left & 0x7f) | 0x80);
                left >>>= 7;
            }
            bytes[length++] = (byte) left;
        }
    }

    /** Before the first bucket. */
    static EncodedHistogram of(byte[] bytes) {
        if (bytes.length == 0) {
            return new EncodedHistogram(NO_MORE.duplicate());
        }
        checkHeader(bytes);
        return new EncodedHistogram(ByteBuffer.wrap(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES));
    }

    /** Everything of it. */
    static Magnitudes decode(byte[] bytes) {
        var magnitudes = new Magnitudes();
        var all = of(bytes);
        while (all.next()) {
            magnitudes.add(all.bucket, all.count);
        }
        return magnitudes;
    }

    /**
     * What a later state has more than an earlier one of the same histogram.
     *
     * @throws IllegalArgumentException when either is malformed, or the earlier one has what the later one lacks
     */
    static Magnitudes difference(byte[] later, byte[] earlier) {
        var difference = new Magnitudes();
        var now = of(later);
        var before = of(earlier);
        boolean more = before.next();
        while (now.next()) {
            long added = now.count;
            if (more && before.bucket == now.bucket) {
                added -= before.count;
                more = before.next();
            }
            if (added < 0 || (more && before.bucket < now.bucket)) {
                throw new IllegalArgumentException("an earlier histogram has samples that the later one lacks");
            }
            if (added > 0) {
                difference.add(now.bucket, added);
            }
        }
        if (more) {
            throw new IllegalArgumentException("an earlier histogram has samples that the later one lacks");
        }
        return difference;
    }

    /** Goes on to the next bucket that holds something. */
    private boolean next() {
        while (payload.hasRemaining()) {
            long number = number();
            long step = number < 0 ? -number : 1;
            if (step < 0 || step > BUCKETS - 1 - bucket) {
                throw new IllegalArgumentException("malformed histogram: a value that is too large");
            }
            bucket += (int) step;
            if (number > 0) {
                count = number;
                return true;
            }
        }
        return false;
    }

    private long number() {
        try {
            long read = 0;
            for (int shift = 0; shift < 56; shift += 7) {
                long next = payload.get();
                read |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return zigzag(read);
                }
            }
            return zigzag(read | (long) payload.get() << 56);
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("malformed histogram: cut within a number", cut);
        }
    }

    private static long zigzag(long read) {
        return (read >>> 1) ^ -(read & 1);
    }

    private static void checkHeader(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw new IllegalArgumentException("malformed histogram: " + bytes.length + " bytes");
        }
        var header = ByteBuffer.wrap(bytes);
        check("cookie", header.getInt(), V2_COOKIE);
        check("payload length", header.getInt(), bytes.length - HEADER_BYTES);
        check("normalizing offset", header.getInt(), 0);
        check("significant digits", header.getInt(), Distribution.SIGNIFICANT_DIGITS);
        check("lowest value", header.getLong(), 1);
        long highest = header.getLong();
        if (highest < 2) {
            throw new IllegalArgumentException("malformed histogram: highest value " + highest);
        }
        if (header.getDouble() != 1.0) {
            throw new IllegalArgumentException("malformed histogram: conversion ratio is not 1");
        }
    }

    private static void check(String field, long actual, long expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(
                    "malformed histogram: " + field + " " + actual + " instead of " + expected);
        }
    }
}
