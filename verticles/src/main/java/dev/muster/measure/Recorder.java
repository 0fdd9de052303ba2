package dev.muster.measure;

import org.HdrHistogram.SingleWriterRecorder;

/**
 * Records values of one metric from one thread, in well under 100 ns and without allocation once the largest value's
 * magnitude has been seen. Three significant digits. Values below zero are real (a one-way latency between clocks) and
 * are kept as they are, in a histogram of their own, because HdrHistogram takes none.
 */
public final class Recorder {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Metric metric;
    private final SingleWriterRecorder positive = new SingleWriterRecorder(SIGNIFICANT_DIGITS);
    private final SingleWriterRecorder negative = new SingleWriterRecorder(SIGNIFICANT_DIGITS);

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
            negative.recordValue(-value);
        }
    }
}
