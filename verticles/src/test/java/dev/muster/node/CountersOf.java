package dev.muster.node;

import dev.muster.measure.Distribution;
import dev.muster.measure.Metric;
import java.util.Map;
import java.util.TreeMap;

/** What the instruments of a process say at this moment; what others hear of them comes once a second. */
public final class CountersOf {
    private CountersOf() {}

    /** Every counter by its id. */
    public static Map<String, Long> process(Telemetry telemetry) {
        var counts = new TreeMap<String, Long>();
        telemetry.read(new Telemetry.Reader() {
            @Override
            public void counter(Metric metric, long count) {
                counts.put(metric.id(), count);
            }

            @Override
            public void gauge(Metric metric, double value) {}

            @Override
            public void distribution(Metric metric, Distribution samples) {}
        });
        return counts;
    }

    /** All that was ever recorded of one metric. */
    public static Distribution samples(Telemetry telemetry, Metric of) {
        var samples = new Distribution();
        telemetry.read(new Telemetry.Reader() {
            @Override
            public void counter(Metric metric, long count) {}

            @Override
            public void gauge(Metric metric, double value) {}

            @Override
            public void distribution(Metric metric, Distribution recorded) {
                if (metric.equals(of)) {
                    samples.add(recorded);
                }
            }
        });
        return samples;
    }
}
