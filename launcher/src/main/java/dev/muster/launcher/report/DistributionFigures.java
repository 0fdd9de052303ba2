package dev.muster.launcher.report;

import dev.muster.launcher.record.RecordedSeries;
import dev.muster.launcher.report.Track.Point;
import dev.muster.launcher.result.Figures;
import dev.muster.launcher.result.Result.Fault;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One distribution: over time for each repetition, and by percentile with all repetitions in one picture. */
final class DistributionFigures {
    private static final int MOST_POINTS = 600;
    private static final int MOST_ROWS = 60;

    private final String metric;
    private final List<Recorded> recorded = new ArrayList<>();

    /** One repetition's samples, and how they came over time where that is known. */
    private record Recorded(
            int repetition,
            Unit unit,
            Distribution samples,
            @Nullable RecordedSeries series,
            List<Fault> faults) {
        String label() {
            return "repetition " + repetition;
        }

        String shownUnit() {
            return unit.shown().symbol();
        }
    }

    DistributionFigures(String metric) {
        this.metric = metric;
    }

    /** @param faults that were done meanwhile */
    void add(int repetition, RecordedSeries series, List<Fault> faults) {
        recorded.add(new Recorded(repetition, series.unit(), series.total(), series, faults));
    }

    void add(int repetition, Unit unit, Distribution samples) {
        recorded.add(new Recorded(repetition, unit, samples, null, List.of()));
    }

    void write(Html body, List<Chart> charts) {
        body.open("div", "class", "figures");
        var overTime = recorded.stream()
                .filter(each -> each.series() != null)
                .limit(ChartSections.MOST_REPETITIONS)
                .toList();
        var scale = Scale.of(overTime);
        for (var each : overTime) {
            if (each.series() != null) {
                overTime(body, each, each.series(), scale, charts);
            }
        }
        byPercentile(body, charts);
        body.close();
    }

    /** Common to all repetitions, so that they can be compared by eye. */
    private record Scale(double rate, double lowest, double highest) {
        static Scale of(List<Recorded> recorded) {
            var points = recorded.stream()
                    .map(Recorded::series)
                    .flatMap(Stream::ofNullable)
                    .flatMap(series -> Track.of(series, MOST_POINTS).points().stream())
                    .toList();
            var values = points.stream()
                    .flatMap(point -> Stream.of(point.p50(), point.max()).filter(Objects::nonNull))
                    .mapToDouble(Double::doubleValue)
                    .summaryStatistics();
            double rate = points.stream().mapToDouble(Point::rate).max().orElse(0);
            return values.getCount() == 0 ? new Scale(rate, 0, 0) : new Scale(rate, values.getMin(), values.getMax());
        }
    }

    private void overTime(Html body, Recorded each, RecordedSeries series, Scale scale, List<Chart> charts) {
        var track = Track.of(series, MOST_POINTS);
        var id = "chart-" + charts.size();
        var marks = FaultsSection.marks(each.faults(), series.slices().get(0).startMillis());
        charts.add(chart(id, each.shownUnit(), track, scale, marks));
        body.open("figure").open("figcaption");
        body.element("strong", "Over time" + (recorded.size() > 1 ? ", " + each.label() : ""));
        body.element("span", resolution(track), "class", "help").close();
        ChartSections.canvas(body, id, "time", words(each, track));
        table(body, each, series);
        body.close();
    }

    private static Chart chart(String id, String unit, Track track, Scale scale, List<Chart.Mark> marks) {
        var points = new ArrayList<Point>();
        var seconds = new ArrayList<Double>();
        for (var point : track.points()) {
            // A step begins where its time does, and over a gap no line is drawn.
            if (points.isEmpty() || point.afterGap()) {
                points.add(point.rateAlone());
                seconds.add(point.start());
            }
            points.add(point);
            seconds.add(point.end());
        }
        return new Chart.Time(
                id,
                unit,
                seconds,
                values(points, Point::rate),
                values(points, Point::p50),
                values(points, Point::p99),
                values(points, Point::max),
                scale.rate(),
                scale.lowest(),
                scale.highest(),
                marks);
    }

    private static List<@Nullable Double> values(List<Point> points, Function<Point, @Nullable Double> value) {
        var values = new ArrayList<@Nullable Double>();
        points.forEach(point -> values.add(value.apply(point)));
        return values;
    }

    private static String resolution(Track track) {
        boolean gaps = track.points().stream().anyMatch(Point::afterGap);
        return (track.merged() == 1
                        ? "A point for each second."
                        : "A point for each " + track.merged() + " seconds, merged from their histograms.")
                + " A p99 needs 100 samples in a point."
                + (gaps ? " Where a line breaks, the collector was not heard." : "");
    }

    private String words(Recorded each, Track track) {
        var slowest = track.points().stream()
                .filter(point -> point.max() != null)
                .reduce((a, b) -> largest(b) > largest(a) ? b : a);
        var when = slowest.map(point -> String.format(
                        Locale.ROOT,
                        " The largest value, %s, came in the second that ended %s s after the load began.",
                        Figures.text(point.max(), each.shownUnit()),
                        Figures.text(point.end())))
                .orElse("");
        return String.format(
                        Locale.ROOT,
                        "%s over time: %,d samples in %d points.",
                        metric,
                        each.samples().count(),
                        track.points().size())
                + when
                + FaultsSection.words(each.faults());
    }

    private static double largest(Point point) {
        return point.max() == null ? 0 : point.max();
    }

    private static void table(Html body, Recorded each, RecordedSeries series) {
        var track = Track.of(series, MOST_ROWS);
        body.open("details", "class", "data", "open", "").element("summary", "Over time, as a table");
        var table = Table.of(
                body,
                (track.merged() == 1 ? "Each second" : "Each " + track.merged() + " seconds") + " since the load began"
                        + (each.shownUnit().isEmpty() ? "" : ", in " + each.shownUnit()),
                List.of("Until second", "Per second", "Samples", "p50", "p99", "Largest"));
        for (var point : track.points()) {
            table.row(
                    String.format(Locale.ROOT, "%.1f", point.end()),
                    List.of(
                            Figures.text(point.rate()),
                            Figures.text((double) point.count()),
                            Figures.text(point.p50()),
                            Figures.text(point.p99()),
                            Figures.text(point.max())));
        }
        table.end();
        body.close();
    }

    private void byPercentile(Html body, List<Chart> charts) {
        var unit = recorded.get(0).shownUnit();
        var id = "chart-" + charts.size();
        charts.add(new Chart.Percentiles(
                id,
                unit,
                recorded.stream().map(Recorded::label).toList(),
                recorded.stream()
                        .map(each -> Curve.of(each.unit(), each.samples()))
                        .toList()));
        body.open("figure").open("figcaption").element("strong", "By percentile");
        body.element(
                        "span",
                        "Each step to the right adds a nine. The line ends with the largest sample.",
                        "class",
                        "help")
                .close();
        ChartSections.canvas(body, id, "percentiles", metric + " by percentile: " + sentence());
        PercentileTable.write(
                body,
                unit,
                recorded.stream().map(Recorded::label).toList(),
                recorded.stream()
                        .map(each -> new PercentileTable.Column(each.unit(), each.samples()))
                        .toList());
        body.close();
    }

    private String sentence() {
        var words = new ArrayList<String>();
        for (var each : recorded) {
            var samples = each.samples();
            if (samples.count() > 0) {
                double median = Track.shown(each.unit(), (double) samples.percentile(50));
                double max = Track.shown(each.unit(), (double) samples.max());
                words.add((recorded.size() > 1 ? each.label() + ": " : "") + "half of the samples are at most "
                        + Figures.text(median, each.shownUnit()) + ", all at most "
                        + Figures.text(max, each.shownUnit()) + ".");
            }
        }
        return String.join(" ", words);
    }
}
