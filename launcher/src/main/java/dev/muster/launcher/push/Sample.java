package dev.muster.launcher.push;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of Prometheus' text format.
 *
 * @param labels sorted by their names
 */
record Sample(String name, Map<String, String> labels, double value) {
    /** Every line that a scrape would show. */
    static List<Sample> of(MetricSnapshots metrics) {
        var lines = new ArrayList<Sample>();
        for (var metric : metrics) {
            var writer = new Writer(metric, lines);
            metric.getDataPoints().forEach(writer::write);
        }
        return lines;
    }

    /** A number as Prometheus writes it into the label of a bucket. */
    private static String bound(double value) {
        return value == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(value);
    }

    /** Writes the points of one metric. */
    private static final class Writer {
        private final String name;
        private final List<Sample> lines;

        Writer(MetricSnapshot metric, List<Sample> lines) {
            this.name = metric.getMetadata().getPrometheusName();
            this.lines = lines;
        }

        void write(DataPointSnapshot point) {
            var labels = labels(point.getLabels());
            if (point instanceof CounterDataPointSnapshot counter) {
                line("_total", labels, counter.getValue());
            } else if (point instanceof GaugeDataPointSnapshot gauge) {
                line("", labels, gauge.getValue());
            } else if (point instanceof HistogramDataPointSnapshot histogram) {
                buckets(histogram, labels);
                sumAndCount(histogram, labels);
            } else if (point instanceof SummaryDataPointSnapshot summary) {
                summary.getQuantiles()
                        .forEach(quantile ->
                                line("", and(labels, "quantile", bound(quantile.getQuantile())), quantile.getValue()));
                sumAndCount(summary, labels);
            } else if (point instanceof InfoDataPointSnapshot) {
                line("_info", labels, 1);
            } else if (point instanceof UnknownDataPointSnapshot unknown) {
                line("", labels, unknown.getValue());
            }
        }

        private void buckets(HistogramDataPointSnapshot histogram, Map<String, String> labels) {
            long upToHere = 0;
            for (var bucket : histogram.getClassicBuckets()) {
                upToHere += bucket.getCount();
                line("_bucket", and(labels, "le", bound(bucket.getUpperBound())), (double) upToHere);
            }
        }

        private void sumAndCount(DistributionDataPointSnapshot point, Map<String, String> labels) {
            if (point.hasCount()) {
                line("_count", labels, (double) point.getCount());
            }
            if (point.hasSum()) {
                line("_sum", labels, point.getSum());
            }
        }

        private void line(String suffix, Map<String, String> labels, double value) {
            lines.add(new Sample(name + suffix, labels, value));
        }

        private static Map<String, String> labels(Labels labels) {
            var map = new TreeMap<String, String>();
            for (int i = 0; i < labels.size(); i++) {
                map.put(labels.getPrometheusName(i), labels.getValue(i));
            }
            return map;
        }

        private static Map<String, String> and(Map<String, String> labels, String name, String value) {
            var more = new TreeMap<>(labels);
            more.put(name, value);
            return more;
        }
    }
}
