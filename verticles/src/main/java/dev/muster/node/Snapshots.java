package dev.muster.node;

import dev.muster.bus.Snapshot;
import dev.muster.measure.Distribution;
import dev.muster.measure.Metric;
import java.util.Map;
import java.util.TreeMap;

/** Makes the numbered snapshots of one process. One call at a time. */
final class Snapshots {
    private final Identity identity;
    private final Telemetry telemetry;
    private long sequence;

    Snapshots(Identity identity, Telemetry telemetry) {
        this.identity = identity;
        this.telemetry = telemetry;
    }

    Snapshot take() {
        var measured = new Measured(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        telemetry.read(measured);
        return new Snapshot(
                identity.instance(),
                identity.incarnation(),
                ++sequence,
                System.currentTimeMillis(),
                identity.build(),
                identity.roles(),
                measured.counters,
                measured.gauges,
                measured.histograms);
    }

    private record Measured(
            Map<String, Long> counters, Map<String, Double> gauges, Map<String, Snapshot.Encoded> histograms)
            implements Telemetry.Reader {
        @Override
        public void counter(Metric metric, long count) {
            counters.put(metric.id(), count);
        }

        @Override
        public void gauge(Metric metric, double value) {
            gauges.put(metric.id(), value);
        }

        @Override
        public void distribution(Metric metric, Distribution samples) {
            histograms.put(metric.id(), Histograms.encode(metric.unit(), samples));
        }
    }
}
