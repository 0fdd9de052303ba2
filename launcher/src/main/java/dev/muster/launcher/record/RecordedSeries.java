package dev.muster.launcher.record;

import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A distribution over time, as it was recorded.
 *
 * @param metric its name in the result
 * @param unit of the values
 * @param slices in the order of time, without overlap
 */
public record RecordedSeries(String metric, Unit unit, List<Slice> slices) {
    /**
     * The samples of a second; of more where the collector was not heard for longer.
     *
     * @param startMillis since the epoch
     * @param endMillis since the epoch
     * @param samples not to be changed
     */
    public record Slice(long startMillis, long endMillis, Distribution samples) {
        /** How long it is. */
        public double seconds() {
            return (endMillis - startMillis) / 1e3;
        }
    }

    /**
     * Every series that was recorded into a folder, by name.
     *
     * @throws IOException when a log can't be read
     */
    public static List<RecordedSeries> in(Path folder) throws IOException {
        var series = new ArrayList<RecordedSeries>();
        try (var files = Files.newDirectoryStream(folder, "*" + IntervalLog.SUFFIX)) {
            for (var file : files) {
                series.add(IntervalLogReader.read(file));
            }
        }
        series.sort((a, b) -> a.metric().compareTo(b.metric()));
        return series;
    }

    /** All of its samples. */
    public Distribution total() {
        var total = new Distribution();
        slices.forEach(slice -> total.add(slice.samples()));
        return total;
    }

    /** The same in at most so many slices: neighbours are merged from their histograms, so that percentiles stay true. */
    public RecordedSeries coarser(int most) {
        int each = (slices.size() + most - 1) / most;
        if (each <= 1) {
            return this;
        }
        var merged = new ArrayList<Slice>();
        for (int from = 0; from < slices.size(); from += each) {
            merged.add(merged(slices.subList(from, Math.min(slices.size(), from + each))));
        }
        return new RecordedSeries(metric, unit, merged);
    }

    private static Slice merged(List<Slice> neighbours) {
        var samples = new Distribution();
        neighbours.forEach(slice -> samples.add(slice.samples()));
        return new Slice(
                neighbours.get(0).startMillis(),
                neighbours.get(neighbours.size() - 1).endMillis(),
                samples);
    }
}
