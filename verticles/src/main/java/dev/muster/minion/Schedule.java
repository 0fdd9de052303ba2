package dev.muster.minion;

import dev.muster.measure.ArrivalProcess;
import dev.muster.minion.MinionOptions.Arrival;
import java.util.SplittableRandom;

/**
 * When the minions begin.
 *
 * @param process one arrival for each minion
 * @param seed of all that is random, for the log
 */
record Schedule(ArrivalProcess process, long seed) {
    static Schedule of(MinionOptions options) {
        var chosen = options.seed();
        long seed = chosen == null ? new SplittableRandom().nextLong() : chosen;
        return new Schedule(process(options, seed), seed);
    }

    private static ArrivalProcess process(MinionOptions options, long seed) {
        if (options.ramp().isZero()) {
            return ArrivalProcess.constant(Double.POSITIVE_INFINITY);
        }
        double perSecond = options.count() / (options.ramp().toNanos() / 1e9);
        return options.arrival() == Arrival.POISSON
                ? ArrivalProcess.poisson(perSecond, seed)
                : ArrivalProcess.constant(perSecond);
    }
}
