package dev.muster.launcher.compare;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Two small samples, each a repetition's value of one metric, held against each other by Welch's test: the means may
 * have different variances. Where all values are above zero their logarithms are compared, because times and rates vary
 * by factors and are skewed; the means are then geometric ones, and the interval is that of their ratio. Elsewhere the
 * values themselves are compared, and the interval is that of the difference.
 *
 * <p>Sources: B. L. Welch, "The generalization of Student's problem when several different population variances are
 * involved", Biometrika 34 (1947), with the degrees of freedom of Welch and Satterthwaite. A bootstrap is not used: of
 * three values it has ten different resamples, and its intervals are then far too narrow (T. Hesterberg, "What Teachers
 * Should Know About the Bootstrap", The American Statistician 69, 2015).
 *
 * @param before mean of the baseline
 * @param after mean of the other side
 * @param scale what the interval is of
 * @param interval of the ratio or the difference; empty with fewer than {@link #LEAST} values on a side
 */
record Contrast(double before, double after, Scale scale, Optional<Interval> interval) {
    /** So often the interval holds the true value. */
    static final double CONFIDENCE = 0.95;

    /** Fewer values on a side tell too little of how much they vary. */
    static final int LEAST = 3;

    /** What two means are compared by. */
    enum Scale {
        /** The second over the first: 1 is no change. */
        RATIO(1),
        /** The second less the first: 0 is no change. */
        DIFFERENCE(0);

        private final double unchanged;

        Scale(double unchanged) {
            this.unchanged = unchanged;
        }
    }

    /**
     * Compares two samples.
     *
     * @param before values of the baseline, at least one
     * @param after values of the other side, at least one
     */
    static Contrast of(double[] before, double[] after) {
        boolean positive = Arrays.stream(before).allMatch(value -> value > 0)
                && Arrays.stream(after).allMatch(value -> value > 0);
        return positive
                ? of(Scale.RATIO, Sample.of(before, Math::log), Sample.of(after, Math::log), Math::exp)
                : of(Scale.DIFFERENCE, Sample.of(before, same -> same), Sample.of(after, same -> same), same -> same);
    }

    private static Contrast of(Scale scale, Sample before, Sample after, DoubleUnaryOperator back) {
        return new Contrast(
                back.applyAsDouble(before.mean),
                back.applyAsDouble(after.mean),
                scale,
                margin(before, after).map(margin -> {
                    double shift = after.mean - before.mean;
                    return new Interval(back.applyAsDouble(shift - margin), back.applyAsDouble(shift + margin));
                }));
    }

    /** Half the width of the interval; 0 when no value differs from the others of its side. */
    private static Optional<Double> margin(Sample before, Sample after) {
        if (before.count < LEAST || after.count < LEAST) {
            return Optional.empty();
        }
        double first = before.variance / before.count;
        double second = after.variance / after.count;
        double error = first + second;
        if (error == 0) {
            return Optional.of(0.0);
        }
        double freedom = error * error / (first * first / (before.count - 1) + second * second / (after.count - 1));
        return Optional.of(
                Math.sqrt(error) * TDistribution.of(freedom).inverseSurvivalProbability((1 - CONFIDENCE) / 2));
    }

    /** Whether the interval leaves no change out: 1 when the second mean is larger, -1 when it is smaller, else 0. */
    int shown() {
        return interval.map(where -> where.low() > scale.unchanged ? 1 : where.high() < scale.unchanged ? -1 : 0)
                .orElse(0);
    }

    /** The second mean less the first. */
    double difference() {
        return after - before;
    }

    private record Sample(int count, double mean, double variance) {
        static Sample of(double[] values, DoubleUnaryOperator scale) {
            var scaled = Arrays.stream(values).map(scale).toArray();
            double mean = Arrays.stream(scaled).average().orElseThrow();
            double squares = Arrays.stream(scaled)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            boolean equal = Arrays.stream(scaled).allMatch(value -> value == scaled[0]);
            // The mean of equal values may differ from them in its last bit.
            return equal
                    ? new Sample(scaled.length, scaled[0], 0)
                    : new Sample(scaled.length, mean, squares / (scaled.length - 1));
        }
    }
}
