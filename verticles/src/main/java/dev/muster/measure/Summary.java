package dev.muster.measure;

import org.jspecify.annotations.Nullable;

/**
 * A distribution in the numbers that are always shown. A percentile with too few samples to mean anything is null, and
 * so is everything but the count when there are no samples: what was not measured is never zero.
 *
 * @param unit of all values
 * @param count samples
 * @param p50 needs 2 samples
 * @param p90 needs 10
 * @param p95 needs 20
 * @param p99 needs 100
 * @param p999 needs 1,000
 */
public record Summary(
        Unit unit,
        long count,
        @Nullable Double min,
        @Nullable Double mean,
        @Nullable Double p50,
        @Nullable Double p90,
        @Nullable Double p95,
        @Nullable Double p99,
        @Nullable Double p999,
        @Nullable Double max) {

    /** The summary of a distribution whose values are of this unit. */
    public static Summary of(Unit unit, Distribution samples) {
        if (samples.count() == 0) {
            return none(unit);
        }
        return new Summary(
                unit,
                samples.count(),
                (double) samples.min(),
                samples.mean(),
                percentile(samples, 50, 2),
                percentile(samples, 90, 10),
                percentile(samples, 95, 20),
                percentile(samples, 99, 100),
                percentile(samples, 99.9, 1_000),
                (double) samples.max());
    }

    /** The summary of nothing. */
    public static Summary none(Unit unit) {
        return new Summary(unit, 0, null, null, null, null, null, null, null, null);
    }

    private static @Nullable Double percentile(Distribution samples, double percentile, long needed) {
        return samples.count() < needed ? null : (double) samples.percentile(percentile);
    }

    /** The same summary in the unit in which people are told of it. */
    public Summary shown() {
        return in(unit.shown());
    }

    /**
     * The same summary in another unit.
     *
     * @throws IllegalArgumentException when the two units measure different things
     */
    public Summary in(Unit other) {
        return new Summary(
                other,
                count,
                convert(other, min),
                convert(other, mean),
                convert(other, p50),
                convert(other, p90),
                convert(other, p95),
                convert(other, p99),
                convert(other, p999),
                convert(other, max));
    }

    private @Nullable Double convert(Unit other, @Nullable Double value) {
        return value == null ? null : (Double) unit.to(other, value);
    }

    /** The p99, or the maximum when there are too few samples for a p99, or null when there are none. */
    public @Nullable Double tail() {
        return p99 != null ? p99 : max;
    }

    /** The median, or the only sample, or null when there is none. */
    public @Nullable Double middle() {
        return p50 != null ? p50 : max;
    }

    /** One value of this summary for people: {@code 1.23 ms}, or {@code -} when it is absent. */
    public String text(@Nullable Double value) {
        return value == null ? "-" : unit.text(value);
    }

    /** All of it on one line for people. */
    public String text() {
        if (count == 0) {
            return "no samples";
        }
        return "count " + count + ", min " + text(min) + ", mean " + text(mean) + ", p50 " + text(p50) + ", p90 "
                + text(p90) + ", p95 " + text(p95) + ", p99 " + text(p99) + ", p99.9 " + text(p999) + ", max "
                + text(max);
    }
}
