package dev.muster.measure;

/**
 * How often which value occurred, to three significant digits, for values of either sign. Distributions merge exactly:
 * the percentiles of a sum are those of all samples, which merged percentiles never are. A cumulative one less an
 * earlier state of itself is the distribution of the time between. For one thread at a time.
 */
public final class Distribution {
    /** What is kept of a value: 0.1 %. */
    public static final int SIGNIFICANT_DIGITS = 3;

    private final Magnitudes positive;
    private final Magnitudes negative;

    /** An empty one. */
    public Distribution() {
        this(new Magnitudes(), new Magnitudes());
    }

    private Distribution(Magnitudes positive, Magnitudes negative) {
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
            positive.record(value);
        } else {
            negative.record(-Math.max(value, -Long.MAX_VALUE));
        }
    }

    /** Takes all samples of another one in. */
    public void add(Distribution other) {
        positive.add(other.positive);
        negative.add(other.negative);
    }

    /** Takes in what came to a recorder's values of either sign since the last call. */
    void drain(Tally positives, Tally magnitudes) {
        positives.drainTo(positive);
        magnitudes.drainTo(negative);
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
        return new Distribution(positive.minus(earlier.positive), negative.minus(earlier.negative));
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

    /** How many samples. */
    public long count() {
        return positive.total() + negative.total();
    }

    /** The sum of all samples, each as exact as the distribution holds it; 0 without samples. */
    public double sum() {
        return positive.sum() - negative.sum();
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
        return negative.total() > 0 ? -negative.max() : positive.min();
    }

    /**
     * The largest sample.
     *
     * @throws IllegalStateException without samples
     */
    public long max() {
        requireSamples();
        return positive.total() > 0 ? positive.max() : -negative.min();
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
        long below = negative.total();
        return rank <= below ? -negative.valueAt(below - rank + 1) : positive.valueAt(rank - below);
    }

    /**
     * How many samples are not above a bound, as a Prometheus bucket counts. Samples that agree with the bound to three
     * digits count as equal to it.
     */
    public long countAtMost(long bound) {
        if (bound < 0) {
            return negative.countAtLeast(-Math.max(bound, -Long.MAX_VALUE));
        }
        return negative.total() + positive.countAtMost(bound);
    }

    /** Samples from 0 up, as HdrHistogram's V2 encoding; empty when there are none. */
    public byte[] encodePositive() {
        return EncodedHistogram.encode(positive);
    }

    /** Magnitudes of the samples below 0, as HdrHistogram's V2 encoding; empty when there are none. */
    public byte[] encodeNegative() {
        return EncodedHistogram.encode(negative);
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
