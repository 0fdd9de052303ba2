package dev.muster.bus;

import org.jspecify.annotations.Nullable;

/**
 * The summary of a distribution as people and programs read it. A percentile that has too few samples is null (p99.9
 * needs 1,000), and so is everything but the count when there are no samples.
 *
 * @param unit the unit of all values, such as {@code ms}
 * @param count samples
 */
public record Percentiles(
        String unit,
        long count,
        @Nullable Double min,
        @Nullable Double mean,
        @Nullable Double p50,
        @Nullable Double p90,
        @Nullable Double p95,
        @Nullable Double p99,
        @Nullable Double p999,
        @Nullable Double max) {}
