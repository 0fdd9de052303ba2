package dev.muster.measure;

import java.util.Arrays;

/**
 * How often which magnitude occurred, to three significant digits. The buckets are HdrHistogram's: each value up to 2047
 * has one, and each power of two above is divided into 1024. They lie in blocks of 1024, made when something falls into
 * them: so whatever is done with them costs as much as the powers of two that occurred, not as much as the largest value.
 * For one thread at a time.
 */
final class Magnitudes {
    /** Buckets of a block, as a power of two. */
    static final int BLOCK_BITS = 10;

    /** Buckets of a block. */
    static final int BLOCK = 1 << BLOCK_BITS;

    /** Of all values that a long can be. */
    static final int BLOCKS = Long.SIZE - BLOCK_BITS;

    /** A block into which nothing has fallen. */
    static final long[] UNTOUCHED = {};

    private final long[][] blocks = untouched();
    private long total;

    /** Blocks into which nothing has fallen. */
    static long[][] untouched() {
        var blocks = new long[BLOCKS][];
        Arrays.fill(blocks, UNTOUCHED);
        return blocks;
    }

    /** The bucket of a value from 0 up: its block is what is above the lowest {@link #BLOCK_BITS} bits. */
    static int bucket(long value) {
        int block = BLOCKS - Long.numberOfLeadingZeros(value | (BLOCK - 1));
        return (block << BLOCK_BITS) | ((int) (value >>> shift(block)) & (BLOCK - 1));
    }

    /** The smallest of the values that a bucket stands for. */
    static long lowest(int bucket) {
        int block = bucket >>> BLOCK_BITS;
        return block == 0 ? bucket : (long) ((bucket & (BLOCK - 1)) | BLOCK) << shift(block);
    }

    private static long highest(int bucket) {
        return lowest(bucket) + width(bucket) - 1;
    }

    /** Where HdrHistogram sees the middle of a bucket. */
    private static long middle(int bucket) {
        return lowest(bucket) + width(bucket) / 2;
    }

    private static long width(int bucket) {
        return 1L << shift(bucket >>> BLOCK_BITS);
    }

    private static int shift(int block) {
        return Math.max(0, block - 1);
    }

    /** Takes one value in, from 0 up. */
    void record(long value) {
        add(bucket(value), 1);
    }

    /**
     * Takes samples of a bucket in.
     *
     * @param count at least 0
     * @throws IllegalArgumentException when they would be more than a long can count
     */
    void add(int bucket, long count) {
        counted(count);
        touched(bucket >>> BLOCK_BITS)[bucket & (BLOCK - 1)] += count;
    }

    /**
     * Adds to the total what somebody who goes through a whole block adds to its {@linkplain #touched counts}.
     *
     * @param more at least 0
     * @throws IllegalArgumentException when they would be more than a long can count
     */
    void counted(long more) {
        if (total + more < 0) {
            throw new IllegalArgumentException("malformed histogram: more samples than can be counted");
        }
        total += more;
    }

    void add(Magnitudes other) {
        for (int block = 0; block < BLOCKS; block++) {
            var added = other.blocks[block];
            if (added.length > 0) {
                var counts = touched(block);
                for (int i = 0; i < BLOCK; i++) {
                    counts[i] += added[i];
                }
            }
        }
        total += other.total;
    }

    /** How many samples are in each bucket of a block, to be added to: tell {@link #counted} how many. */
    long[] touched(int block) {
        if (blocks[block].length == 0) {
            blocks[block] = new long[BLOCK];
        }
        return blocks[block];
    }

    /**
     * What this one has more than an earlier state of itself.
     *
     * @throws IllegalArgumentException when the earlier one has samples that this one lacks
     */
    Magnitudes minus(Magnitudes earlier) {
        var difference = copy();
        for (int block = 0; block < BLOCKS; block++) {
            var taken = earlier.blocks[block];
            for (int i = 0; i < taken.length; i++) {
                if (taken[i] > 0) {
                    difference.take((block << BLOCK_BITS) | i, taken[i]);
                }
            }
        }
        return difference;
    }

    private void take(int bucket, long count) {
        var counts = touched(bucket >>> BLOCK_BITS);
        int i = bucket & (BLOCK - 1);
        if (counts[i] < count) {
            throw new IllegalArgumentException("an earlier histogram has samples that the later one lacks");
        }
        counts[i] -= count;
        total -= count;
    }

    Magnitudes copy() {
        var copy = new Magnitudes();
        copy.add(this);
        return copy;
    }

    /** How many samples. */
    long total() {
        return total;
    }

    /** The sum of all samples, each as the middle of its bucket. */
    double sum() {
        double sum = 0;
        for (int bucket = next(0); bucket >= 0; bucket = next(bucket + 1)) {
            sum += (double) middle(bucket) * count(bucket);
        }
        return sum;
    }

    /** The smallest sample, as the lowest value of its bucket. There must be one. */
    long min() {
        return lowest(next(0));
    }

    /** The largest sample, as the highest value of its bucket. There must be one. */
    long max() {
        int block = BLOCKS - 1;
        while (blocks[block].length == 0) {
            block--;
        }
        int bucket = (block << BLOCK_BITS) | (BLOCK - 1);
        while (count(bucket) == 0) { // down through blocks, too: a difference keeps those that it has emptied
            bucket--;
        }
        return highest(bucket);
    }

    /**
     * The sample of this rank, as the highest value of its bucket.
     *
     * @param rank 1 to {@link #total}
     */
    long valueAt(long rank) {
        long left = rank;
        int bucket = next(0);
        while (left > count(bucket)) {
            left -= count(bucket);
            bucket = next(bucket + 1);
        }
        return highest(bucket);
    }

    /** How many samples are in the bucket of this value or in one below. */
    long countAtMost(long value) {
        int last = bucket(value);
        long count = 0;
        for (int bucket = next(0); bucket >= 0 && bucket <= last; bucket = next(bucket + 1)) {
            count += count(bucket);
        }
        return count;
    }

    /** How many samples are in the bucket of this value or in one above. */
    long countAtLeast(long value) {
        return value == 0 ? total : total - countAtMost(lowest(bucket(value)) - 1);
    }

    /** How many samples are in each bucket of a block, to be read only; nothing when none has ever been in it. */
    long[] block(int block) {
        return blocks[block];
    }

    private long count(int bucket) {
        var counts = blocks[bucket >>> BLOCK_BITS];
        return counts.length == 0 ? 0 : counts[bucket & (BLOCK - 1)];
    }

    /** The first bucket from this one on that holds a sample; -1 when there is none. */
    private int next(int from) {
        int start = from & (BLOCK - 1);
        for (int block = from >>> BLOCK_BITS; block < BLOCKS; block++) {
            var counts = blocks[block];
            for (int i = start; i < counts.length; i++) {
                if (counts[i] > 0) {
                    return (block << BLOCK_BITS) | i;
                }
            }
            start = 0;
        }
        return -1;
    }
}
