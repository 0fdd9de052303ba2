package dev.muster.measure;

import java.util.Arrays;
import java.util.List;

/**
 * The buckets of a histogram as Prometheus sees it.
 *
 * @param upperBounds ascending, in base units, without the last one (infinity)
 */
public record Buckets(List<Double> upperBounds) {
    /** Durations, from 10 us to ten minutes. */
    public static final Buckets DURATION = of(
            1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
            10, 30, 60, 120, 300, 600);

    /** One-way latencies between two clocks, which may seem negative: the bounds of the kit that Muster replaces. */
    public static final Buckets ONE_WAY = of(-0.1, 0, 0.03125, 0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8);

    /** Sizes, from 64 bytes to 1 GiB. */
    public static final Buckets SIZE =
            of(0x1p6, 0x1p8, 0x1p10, 0x1p12, 0x1p14, 0x1p16, 0x1p18, 0x1p20, 0x1p22, 0x1p24, 0x1p26, 0x1p28, 0x1p30);

    /** Numbers of things, from 1 to a million. */
    public static final Buckets NUMBER =
            of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6);

    public Buckets {
        upperBounds = List.copyOf(upperBounds);
    }

    private static Buckets of(double... upperBounds) {
        return new Buckets(Arrays.stream(upperBounds).boxed().toList());
    }

    /** What suits a unit. */
    static Buckets of(Unit unit) {
        return switch (unit) {
            case NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS -> DURATION;
            case BYTES -> SIZE;
            case RATIO, PER_SECOND, BYTES_PER_SECOND, SECONDS_PER_GIGABYTE, COUNT -> NUMBER;
        };
    }
}
