package dev.muster.launcher.record;

import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Writes one distribution's intervals as HdrHistogram's own log, which its tools read. That format takes no negative
 * values: their magnitudes are in lines of their own with the tag {@link #NEGATIVE}.
 */
final class IntervalLog implements AutoCloseable {
    static final String SUFFIX = ".hlog";
    static final String NEGATIVE = "negative";

    /** Between HdrHistogram's writer, which hides errors, and the file. */
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private final HistogramLogWriter writer = new HistogramLogWriter(line);
    private final OutputStream file;
    private final long startMillis;
    private final double maxRatio;

    /**
     * Begins a log.
     *
     * @param name the metric's
     * @param startMillis since the epoch: the times in the log count from there
     */
    IntervalLog(Path folder, String name, Unit unit, long startMillis) throws IOException {
        file = Files.newOutputStream(
                folder.resolve(name + SUFFIX), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.startMillis = startMillis;
        // The log's column of maxima is in milliseconds for times; the histograms hold the unit itself.
        maxRatio = unit.shown().to(unit, 1);
        writer.outputComment("[metric: " + name + "]");
        writer.outputComment("[unit: " + unit.symbol() + "]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(startMillis);
        writer.outputBaseTime(startMillis);
        writer.outputLegend();
        flush();
    }

    void append(Interval interval, Distribution samples) throws IOException {
        output(interval, decode(samples.encodePositive()));
        var negative = samples.encodeNegative();
        if (negative.length > 0) {
            var magnitudes = decode(negative);
            magnitudes.setTag(NEGATIVE);
            output(interval, magnitudes);
        }
        flush();
    }

    private void output(Interval interval, Histogram histogram) {
        writer.outputIntervalHistogram(
                (interval.startMillis() - startMillis) / 1e3,
                (interval.endMillis() - startMillis) / 1e3,
                histogram,
                maxRatio);
    }

    private static Histogram decode(byte[] encoded) {
        return encoded.length == 0
                ? new Histogram(Distribution.SIGNIFICANT_DIGITS)
                : Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), 2);
    }

    private void flush() throws IOException {
        file.write(line.toByteArray());
        line.reset();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
