package dev.muster.launcher.run;

import dev.muster.launcher.catalogue.HealthResult;
import dev.muster.launcher.catalogue.ResultMetric;
import dev.muster.launcher.catalogue.ResultMetric.Kind;
import dev.muster.launcher.result.Measurement;
import dev.muster.node.RunHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a load measured, by the metrics of its experiment's catalogue, in the order in which to show it. */
public final class Observations {
    private final Map<ResultMetric, Observation> all = new LinkedHashMap<>();

    /** Takes in how many. */
    public Observations count(ResultMetric metric, long count) {
        return value(metric, (double) count);
    }

    /** Takes a number in. */
    public Observations value(ResultMetric metric, double value) {
        return put(metric, Kind.VALUE, new Observation.Single(metric.unit(), value));
    }

    /** Takes a number in, or, when there is none, that it could not be measured. */
    public Observations value(ResultMetric metric, Optional<Double> value) {
        return value.isPresent() ? value(metric, value.get()) : absent(metric);
    }

    /** Takes in that a number could not be measured. */
    public Observations absent(ResultMetric metric) {
        return put(metric, Kind.VALUE, new Observation.Single(metric.unit(), null));
    }

    /** Takes samples in. */
    public Observations samples(ResultMetric metric, RunHealth.Samples samples) {
        return put(
                metric,
                Kind.DISTRIBUTION,
                new Observation.Samples(metric.unit(), samples.unit(), samples.distribution()));
    }

    /** Takes in what the processes say of themselves. */
    public Observations health(RunHealth observed) {
        value(HealthResult.CPU_SHARE, observed.cpuShare());
        for (var metric : List.of(HealthResult.LATENESS, HealthResult.LOOP_DELAY, HealthResult.GC_PAUSE)) {
            samples(metric, observed.samples(metric.source()));
        }
        return this;
    }

    private Observations put(ResultMetric metric, Kind kind, Observation observation) {
        if (metric.kind() != kind) {
            throw new IllegalArgumentException(metric.id() + " is no " + kind);
        }
        all.put(metric, observation);
        return this;
    }

    /** The same metrics over some repetitions, at least one. */
    static Observations merged(List<Observations> repetitions) {
        var merged = new Observations();
        repetitions
                .get(0)
                .all
                .keySet()
                .forEach(metric -> merged.all.put(
                        metric,
                        Observation.merged(repetitions.stream()
                                .map(each -> each.all.get(metric))
                                .toList())));
        return merged;
    }

    /** As a result tells them. */
    public Map<String, Measurement> measurements() {
        var measurements = new LinkedHashMap<String, Measurement>();
        all.forEach((metric, observation) -> measurements.put(metric.id(), observation.measurement()));
        return measurements;
    }
}
