package dev.muster.measure;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Records values of one metric from one thread, in well under 100 ns and without allocation once the largest value's
 * magnitude has been seen. Three significant digits. Values below zero are real (a one-way latency between clocks) and
 * are kept as they are, in a histogram of their own, because HdrHistogram takes none.
 *
 * <p>One other thread reads, with {@link #drainTo}: neither waits for the other's lock.
 */
public final class Recorder {
    private final Metric metric;
    private final SingleWriterRecorder positive = new SingleWriterRecorder(Distribution.SIGNIFICANT_DIGITS);
    private final SingleWriterRecorder negative = new SingleWriterRecorder(Distribution.SIGNIFICANT_DIGITS);

    /** The reader's, given back at each reading so that reading allocates nothing either. */
    private @Nullable Histogram positiveInterval;

    private @Nullable Histogram negativeInterval;

    public Recorder(Metric metric) {
        this.metric = metric;
    }

    /** What is recorded here. */
    public Metric metric() {
        return metric;
    }

    /**
     * Records one value. Only the owner's thread may call this.
     *
     * @param value in the metric's unit
     */
    public void record(long value) {
        if (value >= 0) {
            positive.recordValue(value);
        } else {
            negative.recordValue(-Math.max(value, -Long.MAX_VALUE));
        }
    }

    /**
     * Moves what was recorded since the last call into a distribution: each value is moved once. Any thread may call
     * this, one at a time. It may wait for some microseconds until the writer has left {@link #record}.
     */
    public void drainTo(Distribution into) {
        positiveInterval = positive.getIntervalHistogram(positiveInterval);
        negativeInterval = negative.getIntervalHistogram(negativeInterval);
        into.add(positiveInterval, negativeInterval);
    }
}
