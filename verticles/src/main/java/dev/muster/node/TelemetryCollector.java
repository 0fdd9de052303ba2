package dev.muster.node;

import dev.muster.measure.Distribution;
import dev.muster.measure.Metric;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;

/**
 * Shows the instruments of a process to Prometheus, in base units, under the names that {@link Metric} promises. The
 * library appends {@code _total} to a counter's name.
 */
final class TelemetryCollector implements MultiCollector {
    private final Telemetry telemetry;

    TelemetryCollector(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public MetricSnapshots collect() {
        var page = new Page(telemetry);
        telemetry.read(page);
        return page.snapshots.build();
    }

    private static final class Page implements Telemetry.Reader {
        private final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        private final Telemetry telemetry;

        Page(Telemetry telemetry) {
            this.telemetry = telemetry;
        }

        @Override
        public void counter(Metric metric, long count) {
            snapshots.metricSnapshot(CounterSnapshot.builder()
                    .name(name(metric))
                    .help(metric.help())
                    .dataPoint(CounterDataPointSnapshot.builder()
                            .value(metric.unit().inBase((double) count))
                            .build())
                    .build());
            single(metric, (double) count);
        }

        /** Under a second name, which need not end as the library would have a counter's name end. */
        private void single(Metric metric, double value) {
            telemetry
                    .alias(metric)
                    .ifPresent(alias -> snapshots.metricSnapshot(UnknownSnapshot.builder()
                            .name(alias.name())
                            .help(metric.help())
                            .dataPoint(UnknownDataPointSnapshot.builder()
                                    .labels(labels(alias))
                                    .value(metric.unit().inBase(value))
                                    .build())
                            .build()));
        }

        private static Labels labels(Telemetry.Alias alias) {
            return Labels.of(alias.label(), alias.instance());
        }

        @Override
        public void gauge(Metric metric, double value) {
            snapshots.metricSnapshot(GaugeSnapshot.builder()
                    .name(name(metric))
                    .help(metric.help())
                    .dataPoint(GaugeDataPointSnapshot.builder()
                            .value(metric.unit().inBase(value))
                            .build())
                    .build());
            single(metric, value);
        }

        @Override
        public void distribution(Metric metric, Distribution samples) {
            histogram(name(metric), Labels.EMPTY, metric, samples);
            telemetry.alias(metric).ifPresent(alias -> histogram(alias.name(), labels(alias), metric, samples));
        }

        private void histogram(String name, Labels labels, Metric metric, Distribution samples) {
            snapshots.metricSnapshot(HistogramSnapshot.builder()
                    .name(name)
                    .help(metric.help())
                    .dataPoint(HistogramDataPointSnapshot.builder()
                            .labels(labels)
                            .sum(metric.unit().inBase(samples.sum()))
                            .classicHistogramBuckets(buckets(metric, samples))
                            .build())
                    .build());
        }
    }

    static String name(Metric metric) {
        var base = metric.unit().base();
        return "muster_" + metric.id().replace('.', '_') + (base.isEmpty() ? "" : "_" + base);
    }

    private static ClassicHistogramBuckets buckets(Metric metric, Distribution samples) {
        double base = metric.unit().inBase(1);
        var buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (double bound : metric.buckets().upperBounds()) {
            long upToHere = samples.countAtMost((long) Math.floor(bound / base));
            buckets.bucket(bound, upToHere - below);
            below = upToHere;
        }
        return buckets.bucket(Double.POSITIVE_INFINITY, samples.count() - below).build();
    }
}
