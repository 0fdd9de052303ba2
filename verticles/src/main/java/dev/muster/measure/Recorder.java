package dev.muster.measure;

/**
 * Records values of one metric from one thread, in well under 100 ns and without allocation once the value's power of two
 * has been seen. Three significant digits. Values below zero are real (a one-way latency between clocks) and are kept as
 * they are.
 *
 * <p>One other thread reads, with {@link #drainTo}: neither waits for the other.
 */
public final class Recorder {
    private final Metric metric;
    private final Tally positive = new Tally();
    private final Tally negative = new Tally();

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
            positive.record(value);
        } else {
            negative.record(-Math.max(value, -Long.MAX_VALUE));
        }
    }

    /**
     * Moves what was recorded since the last call into a distribution: each value is moved once. Any thread may call
     * this; when it is another one than before, what the earlier one did must have happened before.
     */
    public void drainTo(Distribution into) {
        into.drain(positive, negative);
    }
}
