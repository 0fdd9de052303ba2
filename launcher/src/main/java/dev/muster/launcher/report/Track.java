package dev.muster.launcher.report;

import dev.muster.launcher.record.RecordedSeries;
import dev.muster.launcher.record.RecordedSeries.Slice;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One distribution of one repetition over time, in numbers to draw and to print: times in milliseconds. */
final class Track {
    /** More than a late timer makes of a second. */
    private static final double LATE_SECONDS = 0.6;

    private final List<Point> points;
    private final int merged;

    /**
     * What happened in a second, or in several that were merged.
     *
     * @param start in seconds since the recording began
     * @param end likewise
     * @param rate samples per second
     * @param count samples
     * @param p50 null with too few samples, as all percentiles are
     * @param afterGap whether it took longer than it should: the collector was not heard
     */
    record Point(
            double start,
            double end,
            double rate,
            long count,
            @Nullable Double p50,
            @Nullable Double p99,
            @Nullable Double max,
            boolean afterGap) {
        /** The same without percentiles. */
        Point rateAlone() {
            return new Point(start, end, rate, count, null, null, null, afterGap);
        }
    }

    private Track(List<Point> points, int merged) {
        this.points = points;
        this.merged = merged;
    }

    /** At most so many points; seconds are merged from their histograms when there are more. */
    static Track of(RecordedSeries series, int most) {
        var coarse = series.coarser(most);
        int merged = coarse.slices().size() == series.slices().size()
                ? 1
                : (series.slices().size() + most - 1) / most;
        var points = new ArrayList<Point>();
        for (var slice : coarse.slices()) {
            points.add(point(slice, series, merged));
        }
        return new Track(points, merged);
    }

    private static Point point(Slice slice, RecordedSeries series, int merged) {
        long origin = series.slices().get(0).startMillis();
        var summary = Summary.of(series.unit(), slice.samples()).shown();
        return new Point(
                (slice.startMillis() - origin) / 1e3,
                (slice.endMillis() - origin) / 1e3,
                // A snapshot tells of a second: what a shorter slice holds did not happen faster.
                summary.count() / Math.max(1, slice.seconds()),
                summary.count(),
                summary.p50(),
                summary.p99(),
                summary.max(),
                slice.startMillis() > origin && slice.seconds() > merged + LATE_SECONDS);
    }

    /** A value of a unit as people are told of it. */
    static double shown(Unit unit, double value) {
        return unit.to(unit.shown(), value);
    }

    List<Point> points() {
        return points;
    }

    /** How many seconds each point stands for. */
    int merged() {
        return merged;
    }

    /** The largest sample of all, or 0. */
    static double max(RecordedSeries series) {
        Distribution total = series.total();
        return total.count() == 0 ? 0 : shown(series.unit(), (double) total.max());
    }
}
