package dev.muster.measure;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;

/**
 * Decodes HdrHistogram's V2 encoding from an untrusted sender. The library allocates what the header asks for before it
 * looks at the rest, so the header is checked first.
 */
final class EncodedHistogram {
    /** Cookie base of V2, with the word-size digit that V2 encoders always set. */
    private static final int V2_COOKIE = 0x1c849303 | 0x10;

    private static final int HEADER_BYTES = 40;

    private EncodedHistogram() {}

    static Histogram decode(byte[] bytes) {
        if (bytes.length == 0) {
            return new Histogram(Distribution.SIGNIFICANT_DIGITS);
        }
        checkHeader(bytes);
        try {
            // At least the range of an empty one: the library needs room for two values.
            var histogram = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(bytes), 2);
            histogram.setAutoResize(true);
            checkCounts(histogram);
            return histogram;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("malformed histogram: " + e, e);
        }
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

    private static void checkCounts(Histogram histogram) {
        long total = 0;
        for (var value : histogram.recordedValues()) {
            total = Math.addExact(total, value.getCountAddedInThisIterationStep());
        }
        check("total count", histogram.getTotalCount(), total);
    }
}
