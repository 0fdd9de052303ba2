package dev.muster.launcher.run;

import dev.muster.launcher.catalogue.StressMetric;
import dev.muster.node.RunHealth;

/** What the pods' own counters say of a load. */
final class StressBooks {
    private static final double NANOS = 1e9;

    private StressBooks() {}

    /** The metrics of CPU, the first of a result. */
    static Observations of(RunHealth observed) {
        double requested = seconds(observed, "stress.cpu.requested");
        double delivered = seconds(observed, "stress.cpu.delivered");
        long periods = observed.count("stress.periods");
        var all = new Observations().value(StressMetric.REQUESTED, requested).value(StressMetric.DELIVERED, delivered);
        if (requested > 0) {
            all.value(StressMetric.SHARE, delivered / requested);
        } else {
            all.absent(StressMetric.SHARE);
        }
        all.value(StressMetric.THROTTLED, seconds(observed, "stress.throttled"));
        if (periods > 0) {
            all.value(StressMetric.THROTTLED_PERIODS, (double) observed.count("stress.throttled_periods") / periods);
        } else {
            all.absent(StressMetric.THROTTLED_PERIODS);
        }
        return all;
    }

    private static double seconds(RunHealth observed, String counter) {
        return observed.count(counter) / NANOS;
    }
}
