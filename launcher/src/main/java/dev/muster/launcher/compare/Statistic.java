package dev.muster.launcher.compare;

import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Measurement.Distributed;
import dev.muster.launcher.result.Measurement.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one number of a measurement that is compared. */
enum Statistic {
    VALUE(""),
    P50("p50"),
    P99("p99"),
    P999("p99.9");

    private final String word;

    Statistic(String word) {
        this.word = word;
    }

    /** Those that a measurement of this kind can have. */
    static List<Statistic> of(Measurement measurement) {
        return measurement instanceof Value ? List.of(VALUE) : List.of(P50, P99, P999);
    }

    /** As it stands behind the metric's name; empty for a single value. */
    String word() {
        return word;
    }

    /** The number; nothing where it was not measured, or in another unit. */
    Optional<Double> of(@Nullable Measurement measurement, String unit) {
        if (measurement == null || !measurement.unit().equals(unit)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                measurement instanceof Distributed samples
                        ? of(samples)
                        : this == VALUE && measurement instanceof Value single ? single.value() : null);
    }

    private @Nullable Double of(Distributed samples) {
        return switch (this) {
            case VALUE -> null;
            case P50 -> samples.p50();
            case P99 -> samples.p99();
            case P999 -> samples.p999();
        };
    }
}
