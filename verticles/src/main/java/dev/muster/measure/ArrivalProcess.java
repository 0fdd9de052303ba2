package dev.muster.measure;

import java.time.Duration;
import java.util.PrimitiveIterator;

/**
 * When the work of an open-loop load should start, whatever the system under test does. An immutable description: each
 * call of {@link #offsets} begins the same schedule anew.
 */
@FunctionalInterface
public interface ArrivalProcess {
    /** The intended starts in nanoseconds after the schedule's own start, never decreasing. */
    PrimitiveIterator.OfLong offsets();

    /**
     * Evenly spaced, the first one at once.
     *
     * @param perSecond the rate, above 0; infinite for all at once
     */
    static ArrivalProcess constant(double perSecond) {
        Arrivals.requireRate("rate", perSecond > 0, perSecond);
        return () -> Arrivals.byIndex(i -> i / perSecond);
    }

    /**
     * Independent of each other, as the requests of many users are: the gaps are exponentially distributed. The same
     * seed makes the same schedule on every machine.
     *
     * @param perSecond the mean rate, above 0 and finite
     */
    static ArrivalProcess poisson(double perSecond, long seed) {
        Arrivals.requireRate("rate", perSecond > 0 && perSecond < Double.POSITIVE_INFINITY, perSecond);
        return () -> Arrivals.poisson(perSecond, seed);
    }

    /**
     * Evenly spaced at a rate that changes linearly from one to another, then stays. A ramp down to 0 ends there.
     *
     * @param from arrivals per second at the start
     * @param to arrivals per second at the end
     * @param over how long the change takes, above 0
     */
    static ArrivalProcess ramp(double from, double to, Duration over) {
        Arrivals.requireRate("rate to start from", from >= 0 && from < Double.POSITIVE_INFINITY, from);
        Arrivals.requireRate("rate to end with", to >= 0 && to < Double.POSITIVE_INFINITY, to);
        Arrivals.requireRate("sum of both rates", from + to > 0, from + to);
        if (over.isZero() || over.isNegative()) {
            throw new IllegalArgumentException("a ramp must take time, not " + over);
        }
        return () -> Arrivals.byIndex(new Ramp(from, to, over.toNanos() / 1e9)::secondsAt);
    }

    /** Only the first so many arrivals of this process. */
    default ArrivalProcess first(long count) {
        return () -> Arrivals.first(count, offsets());
    }
}
