package dev.muster.launcher.push;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * OpenTelemetry's protocol: an {@code ExportMetricsServiceRequest} as binary protobuf. Names stay those of Prometheus
 * without {@code _total}, which a backend that wants it adds; the unit is told beside them. All is cumulative since the
 * push began.
 *
 * <p>Source: OTLP specification 1.x (opentelemetry.io/docs/specs/otlp) and the metrics data model.
 */
final class OtlpEncoder implements Encoder {
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/x-protobuf");
    private static final Map<String, String> UNITS = Map.of("_seconds", "s", "_bytes", "By", "_ratio", "1");

    private final Source source;
    private final long startNanos = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());

    OtlpEncoder(Source source) {
        this.source = source;
    }

    @Override
    public Map<String, String> headers() {
        return HEADERS;
    }

    @Override
    public byte[] encode(MetricSnapshots metrics, long epochMillis, boolean last) {
        var scope = ScopeMetrics.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("dev.muster"));
        var points = new Points(TimeUnit.MILLISECONDS.toNanos(epochMillis));
        metrics.stream().map(points::metric).forEach(scope::addMetrics);
        var resource = Resource.newBuilder()
                .addAttributes(attribute("service.name", "muster"))
                .addAttributes(attribute("service.instance.id", source.pod()));
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
                .build()
                .toByteArray();
    }

    private static KeyValue attribute(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    /** The points of one moment. */
    private final class Points {
        private final long nanos;

        Points(long nanos) {
            this.nanos = nanos;
        }

        Metric metric(MetricSnapshot snapshot) {
            var metadata = snapshot.getMetadata();
            var name = metadata.getPrometheusName() + (snapshot instanceof InfoSnapshot ? "_info" : "");
            var metric = Metric.newBuilder().setName(name).setUnit(unit(name));
            if (metadata.getHelp() != null) {
                metric.setDescription(metadata.getHelp());
            }
            if (snapshot instanceof CounterSnapshot counter) {
                metric.setSum(Sum.newBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addAllDataPoints(numbers(counter.getDataPoints(), point -> point.getValue())));
            } else if (snapshot instanceof HistogramSnapshot histogram) {
                metric.setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addAllDataPoints(histogram.getDataPoints().stream()
                                .map(this::histogram)
                                .toList()));
            } else if (snapshot instanceof SummarySnapshot summary) {
                metric.setSummary(Summary.newBuilder()
                        .addAllDataPoints(summary.getDataPoints().stream()
                                .map(this::summary)
                                .toList()));
            } else if (snapshot instanceof GaugeSnapshot gauge) {
                metric.setGauge(gauge(numbers(gauge.getDataPoints(), point -> point.getValue())));
            } else if (snapshot instanceof UnknownSnapshot unknown) {
                metric.setGauge(gauge(numbers(unknown.getDataPoints(), point -> point.getValue())));
            } else {
                metric.setGauge(gauge(numbers(snapshot.getDataPoints(), present -> 1)));
            }
            return metric.build();
        }

        private <P extends DataPointSnapshot> List<NumberDataPoint> numbers(
                Iterable<P> points, ToDoubleFunction<P> value) {
            var numbers = new ArrayList<NumberDataPoint>();
            for (var point : points) {
                numbers.add(NumberDataPoint.newBuilder()
                        .setStartTimeUnixNano(startNanos)
                        .setTimeUnixNano(nanos)
                        .addAllAttributes(attributes(point))
                        .setAsDouble(value.applyAsDouble(point))
                        .build());
            }
            return numbers;
        }

        private HistogramDataPoint histogram(HistogramDataPointSnapshot point) {
            var data = HistogramDataPoint.newBuilder()
                    .setStartTimeUnixNano(startNanos)
                    .setTimeUnixNano(nanos)
                    .addAllAttributes(attributes(point))
                    .setCount(point.getCount());
            if (point.hasSum()) {
                data.setSum(point.getSum());
            }
            for (var bucket : point.getClassicBuckets()) {
                data.addBucketCounts(bucket.getCount());
                if (bucket.getUpperBound() < Double.POSITIVE_INFINITY) {
                    data.addExplicitBounds(bucket.getUpperBound());
                }
            }
            return data.build();
        }

        private SummaryDataPoint summary(SummaryDataPointSnapshot point) {
            var data = SummaryDataPoint.newBuilder()
                    .setStartTimeUnixNano(startNanos)
                    .setTimeUnixNano(nanos)
                    .addAllAttributes(attributes(point));
            if (point.hasCount()) {
                data.setCount(point.getCount());
            }
            if (point.hasSum()) {
                data.setSum(point.getSum());
            }
            point.getQuantiles()
                    .forEach(quantile -> data.addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                            .setQuantile(quantile.getQuantile())
                            .setValue(quantile.getValue())));
            return data.build();
        }

        /** The source's labels are on each point, because most backends leave a resource's own out of its series. */
        private List<KeyValue> attributes(DataPointSnapshot point) {
            var attributes = new ArrayList<KeyValue>();
            source.labels().forEach((name, value) -> attributes.add(attribute(name, value)));
            point.getLabels().stream()
                    .filter(label -> !source.labels().containsKey(label.getName()))
                    .forEach(label -> attributes.add(attribute(label.getName(), label.getValue())));
            return attributes;
        }
    }

    private static Gauge gauge(List<NumberDataPoint> points) {
        return Gauge.newBuilder().addAllDataPoints(points).build();
    }

    private static String unit(String name) {
        return UNITS.entrySet().stream()
                .filter(unit -> name.endsWith(unit.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
