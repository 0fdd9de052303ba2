package dev.muster.measure;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;

/**
 * The counts in HdrHistogram's V2 encoding, one after another, from an untrusted sender. An encoding holds what was
 * recorded and says how much lies empty between, so that reading costs as much as there is, and not as much as there is
 * room for in the library's arrays, which it would allocate as large as the header says.
 *
 * <p>After the header of 40 bytes come numbers in ZigZag LEB128 of at most 9 bytes: a count of the next bucket, or, below
 * zero, how many buckets are empty. See {@code encodeIntoByteBuffer} in HdrHistogram's AbstractHistogram.
 */
final class EncodedHistogram {
    /** Cookie base of V2, with the word-size digit that V2 encoders always set. */
    private static final int V2_COOKIE = 0x1c849303 | 0x10;

    private static final int HEADER_BYTES = 40;

    /** Of three significant digits: values to 2047 have buckets of their own, and each power of two above has 1024. */
    private static final int HALF_BITS = 10;

    private static final int HALF = 1 << HALF_BITS;

    /** Of all values that a long can be. */
    private static final long BUCKETS = 54L * HALF;

    private static final ByteBuffer NO_MORE = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ByteBuffer payload;
    private long bucket = -1;
    private long count;

    private EncodedHistogram(ByteBuffer payload) {
        this.payload = payload;
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
    static Histogram decode(byte[] bytes) {
        var histogram = new Histogram(Distribution.SIGNIFICANT_DIGITS);
        var all = of(bytes);
        while (all.next()) {
            record(histogram, all.value(), all.count);
        }
        return histogram;
    }

    /**
     * What a later state has more than an earlier one of the same histogram.
     *
     * @throws IllegalArgumentException when either is malformed, or the earlier one has what the later one lacks
     */
    static Histogram difference(byte[] later, byte[] earlier) {
        var difference = new Histogram(Distribution.SIGNIFICANT_DIGITS);
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
                record(difference, now.value(), added);
            }
        }
        if (more) {
            throw new IllegalArgumentException("an earlier histogram has samples that the later one lacks");
        }
        return difference;
    }

    private static void record(Histogram histogram, long value, long count) {
        if (histogram.getTotalCount() + count < 0) {
            throw new IllegalArgumentException("malformed histogram: more samples than can be counted");
        }
        histogram.recordValueWithCount(value, count);
    }

    /** Goes on to the next bucket that holds something. */
    private boolean next() {
        while (payload.hasRemaining()) {
            long number = number();
            long step = number < 0 ? -number : 1;
            if (step < 0 || step > BUCKETS - 1 - bucket) {
                throw new IllegalArgumentException("malformed histogram: a value that is too large");
            }
            bucket += step;
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

    /** The smallest of the values that the bucket stands for. */
    private long value() {
        long power = (bucket >> HALF_BITS) - 1;
        return power < 0 ? bucket : ((bucket & (HALF - 1)) + HALF) << power;
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
