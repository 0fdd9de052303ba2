package dev.muster.measure;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * How often which value occurred, to three significant digits, for values of either sign. Distributions merge exactly:
 * the percentiles of a sum are those of all samples, which merged percentiles never are. A cumulative one less an
 * earlier state of itself is the distribution of the time between. For one thread at a time.
 */
public final class Distribution {
    /** What is kept of a value: 0.1 %. */
    public static final int SIGNIFICANT_DIGITS = 3;

    private static final byte[] NOTHING = {};

    private final Histogram positive;
    /** Of magnitudes: HdrHistogram takes no negative values. */
    private final Histogram negative;

    /** An empty one. */
    public Distribution() {
        this(new Histogram(SIGNIFICANT_DIGITS), new Histogram(SIGNIFICANT_DIGITS));
    }

    private Distribution(Histogram positive, Histogram negative) {
        this.positive = positive;
        this.negative = negative;
    }

    /** A distribution of these values. */
    public static Distribution of(long... values) {
        var made = new Distribution();
        for (var value : values) {
            made.record(value);
        }
        return made;
    }

    /** Takes one sample in. */
    public void record(long value) {
        if (value >= 0) {
            positive.recordValue(value);
        } else {
            negative.recordValue(-Math.max(value, -Long.MAX_VALUE));
        }
    }

    /** Takes all samples of another one in. */
    public void add(Distribution other) {
        add(other.positive, other.negative);
    }

    void add(Histogram positives, Histogram magnitudes) {
        if (positives.getTotalCount() > 0) {
            positive.add(positives);
        }
        if (magnitudes.getTotalCount() > 0) {
            negative.add(magnitudes);
        }
    }

    /** The same samples, independent of this one from now on. */
    public Distribution copy() {
        return new Distribution(positive.copy(), negative.copy());
    }

    /**
     * The samples that came since an earlier state of this distribution.
     *
     * @throws IllegalArgumentException when the other one has samples that this one lacks
     */
    public Distribution minus(Distribution earlier) {
        return new Distribution(difference(positive, earlier.positive), difference(negative, earlier.negative));
    }

    /**
     * The samples that came since an earlier answer of somebody who merges them; all of them when it has begun anew since,
     * and so knows less than it did.
     */
    public Distribution since(Distribution earlier) {
        try {
            return minus(earlier);
        } catch (IllegalArgumentException begunAnew) {
            return copy();
        }
    }

    private static Histogram difference(Histogram later, Histogram earlier) {
        var difference = later.copy();
        if (earlier.getTotalCount() > 0) {
            difference.subtract(earlier);
        }
        return difference;
    }

    /** How many samples. */
    public long count() {
        return positive.getTotalCount() + negative.getTotalCount();
    }

    /** The sum of all samples, each as exact as the distribution holds it; 0 without samples. */
    public double sum() {
        return sum(positive) - sum(negative);
    }

    /** As the library's mean, but for its iterator, which costs more than everything else of a summary. */
    private static double sum(Histogram histogram) {
        double sum = 0;
        long left = histogram.getTotalCount();
        for (long value = histogram.getMinValue(); left > 0; value = histogram.nextNonEquivalentValue(value)) {
            long count = histogram.getCountAtValue(value);
            if (count > 0) {
                sum += (double) histogram.medianEquivalentValue(value) * count;
                left -= count;
            }
        }
        return sum;
    }

    /**
     * The mean.
     *
     * @throws IllegalStateException without samples
     */
    public double mean() {
        requireSamples();
        return sum() / count();
    }

    /**
     * The smallest sample.
     *
     * @throws IllegalStateException without samples
     */
    public long min() {
        requireSamples();
        return negative.getTotalCount() > 0 ? -negative.getMaxValue() : positive.getMinValue();
    }

    /**
     * The largest sample.
     *
     * @throws IllegalStateException without samples
     */
    public long max() {
        requireSamples();
        return positive.getTotalCount() > 0 ? positive.getMaxValue() : -negative.getMinNonZeroValue();
    }

    /**
     * The smallest sample that at least so many of the samples do not exceed (nearest rank).
     *
     * @param percentile 0 to 100
     * @throws IllegalStateException without samples
     */
    public long percentile(double percentile) {
        requireSamples();
        // A hair less, so that the rounding of 99.9 % of 1,000 does not ask for number 1,000.
        long rank = Math.max(1, (long) Math.ceil(Math.nextDown(percentile) * count() / 100));
        long below = negative.getTotalCount();
        return rank <= below ? -valueAt(below - rank + 1, negative) : valueAt(rank - below, positive);
    }

    /** The value of rank 1 to n. Half a rank less, so that no rounding lifts it over to the next one. */
    private static long valueAt(long rank, Histogram histogram) {
        return histogram.getValueAtPercentile(100 * (rank - 0.5) / histogram.getTotalCount());
    }

    /**
     * How many samples are not above a bound, as a Prometheus bucket counts. Samples that agree with the bound to three
     * digits count as equal to it.
     */
    public long countAtMost(long bound) {
        if (bound < 0) {
            return negative.getCountBetweenValues(-Math.max(bound, -Long.MAX_VALUE), Long.MAX_VALUE);
        }
        return negative.getTotalCount() + positive.getCountBetweenValues(0, bound);
    }

    /** Samples from 0 up, as HdrHistogram's V2 encoding; empty when there are none. */
    public byte[] encodePositive() {
        return encode(positive);
    }

    /** Magnitudes of the samples below 0, as HdrHistogram's V2 encoding; empty when there are none. */
    public byte[] encodeNegative() {
        return encode(negative);
    }

    private static byte[] encode(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return NOTHING;
        }
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        return Arrays.copyOf(buffer.array(), histogram.encodeIntoByteBuffer(buffer));
    }

    /**
     * Reads what {@link #encodePositive} and {@link #encodeNegative} made, in this process or another.
     *
     * @throws IllegalArgumentException when either is not a V2 encoding of three significant digits
     */
    public static Distribution decode(byte[] positive, byte[] negative) {
        return new Distribution(EncodedHistogram.decode(positive), EncodedHistogram.decode(negative));
    }

    /**
     * The samples that came between two states of a distribution, both encoded. Costs as much as there is in them.
     *
     * @throws IllegalArgumentException when one is malformed, or the earlier one has samples that the later one lacks
     */
    public static Distribution difference(
            byte[] positive, byte[] negative, byte[] earlierPositive, byte[] earlierNegative) {
        return new Distribution(
                EncodedHistogram.difference(positive, earlierPositive),
                EncodedHistogram.difference(negative, earlierNegative));
    }

    private void requireSamples() {
        if (count() == 0) {
            throw new IllegalStateException("no samples");
        }
    }
}
