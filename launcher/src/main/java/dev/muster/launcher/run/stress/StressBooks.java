package dev.muster.launcher.run.stress;

import dev.muster.launcher.catalogue.StressMetric;
import dev.muster.launcher.run.Observations;
import dev.muster.node.RunHealth;
import java.util.Optional;

/** What the pods' own counters say of a load. */
final class StressBooks {
    private static final double NANOS = 1e9;
    /** Less means that pods refused orders or did not hear them: what they got says little of what was asked. */
    private static final double LEAST_REQUESTED = 0.95;

    private final RunHealth observed;

    StressBooks(RunHealth observed) {
        this.observed = observed;
    }

    /** Whether the pods were asked for what the run wanted of them, in CPU seconds. */
    boolean cover(double asked) {
        return seconds("stress.cpu.requested").orElse(0.0) >= LEAST_REQUESTED * asked;
    }

    /** The metrics of CPU; absent where nobody tells: no pod was heard of, or none of them has a limit to be throttled by. */
    void into(Observations all) {
        var requested = seconds("stress.cpu.requested");
        var delivered = seconds("stress.cpu.delivered");
        long periods = observed.count("stress.periods");
        all.value(StressMetric.REQUESTED, requested)
                .value(StressMetric.DELIVERED, delivered)
                .value(
                        StressMetric.SHARE,
                        requested.filter(some -> some > 0).flatMap(some -> delivered.map(got -> got / some)))
                .value(StressMetric.THROTTLED, seconds("stress.throttled").filter(some -> periods > 0))
                .value(
                        StressMetric.THROTTLED_PERIODS,
                        periods == 0
                                ? Optional.empty()
                                : Optional.of((double) observed.count("stress.throttled_periods") / periods));
    }

    private Optional<Double> seconds(String counter) {
        return observed.knows(counter) ? Optional.of(observed.count(counter) / NANOS) : Optional.empty();
    }
}
