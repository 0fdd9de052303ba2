package dev.muster.testing;

import dev.muster.measure.Metric;
import dev.muster.node.NodeMetrics;
import dev.muster.node.Telemetry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Optional;

/** What the instruments of a process say, as Prometheus reads them. */
public final class Readings {
    private final NodeMetrics metrics;

    /** Of these instruments; made once for a process, since it has a registry of its own. */
    public Readings(Telemetry telemetry) {
        metrics = NodeMetrics.create(telemetry);
    }

    /** A counter; 0 when it is not there. */
    public long count(Metric metric) {
        return find(metric)
                .map(CounterSnapshot.class::cast)
                .map(counter -> (long) counter.getDataPoints().get(0).getValue())
                .orElse(0L);
    }

    /** A gauge; 0 when it is not there. */
    public double value(Metric metric) {
        return find(metric)
                .map(GaugeSnapshot.class::cast)
                .map(gauge -> gauge.getDataPoints().get(0).getValue())
                .orElse(0.0);
    }

    /** How many samples there are of a metric. */
    public long samples(Metric metric) {
        return find(metric)
                .map(HistogramSnapshot.class::cast)
                .map(histogram -> histogram.getDataPoints().get(0).getCount())
                .orElse(0L);
    }

    /** The sum of a metric's samples, in the base unit. */
    public double sum(Metric metric) {
        return find(metric)
                .map(HistogramSnapshot.class::cast)
                .map(histogram -> histogram.getDataPoints().get(0).getSum())
                .orElse(0.0);
    }

    /** All of it, as Prometheus reads it. */
    public String scrape() {
        return metrics.text();
    }

    private Optional<MetricSnapshot> find(Metric metric) {
        var base = metric.unit().base();
        var name = "muster_" + metric.id().replace('.', '_') + (base.isEmpty() ? "" : "_" + base);
        return metrics.snapshots().stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst();
    }
}
