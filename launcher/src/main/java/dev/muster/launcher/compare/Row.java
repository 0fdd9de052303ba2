package dev.muster.launcher.compare;

import dev.muster.launcher.catalogue.HealthResult;
import dev.muster.launcher.catalogue.ResultMetric;
import dev.muster.launcher.catalogue.ResultMetric.Better;
import dev.muster.launcher.compare.Contrast.Scale;
import java.util.Optional;

/**
 * One metric compared.
 *
 * @param metric its name
 * @param statistic which of its numbers
 * @param unit of both means and of their difference
 * @param definition of the metric; empty when this Muster does not know it
 * @param baselineValues how many repetitions of the baseline have it
 * @param otherValues how many of the other side
 * @param contrast the two sides' values against each other
 */
record Row(
        String metric,
        Statistic statistic,
        String unit,
        Optional<ResultMetric> definition,
        int baselineValues,
        int otherValues,
        Contrast contrast) {
    /** As it is printed: {@code boot.register.latency p99}. */
    String label() {
        return statistic.word().isEmpty() ? metric : metric + " " + statistic.word();
    }

    /** The conclusion. */
    Finding finding() {
        return Finding.of(definition, contrast.shown());
    }

    /** Whether there were enough repetitions for an interval. */
    boolean judged() {
        return contrast.interval().isPresent();
    }

    /**
     * Whether it is shown to be worse by more than so much: all of its interval is. What was 0 in every repetition has
     * become worse beyond every share, once it is shown to be worse at all. A run's own health never counts.
     */
    boolean worseThan(Percent margin) {
        var better = definition
                .filter(metric -> !(metric instanceof HealthResult))
                .map(ResultMetric::better)
                .orElse(Better.NEITHER);
        return better != Better.NEITHER
                && contrast.interval()
                        .map(where -> worst(where, better) > margin.share())
                        .orElse(false);
    }

    /** By which share it is worse at the very least; below zero when it may be better. */
    private double worst(Interval where, Better better) {
        double low = better == Better.LOWER ? where.low() : -where.high();
        if (contrast.scale() == Scale.RATIO) {
            return better == Better.LOWER ? low - 1 : low + 1;
        }
        double before = Math.abs(contrast.before());
        return before > 0 ? low / before : low > 0 ? Double.POSITIVE_INFINITY : low;
    }
}
