package dev.muster.launcher.compare;

import dev.muster.launcher.catalogue.HealthResult;
import dev.muster.launcher.catalogue.ResultMetric;
import dev.muster.launcher.catalogue.ResultMetric.Better;
import dev.muster.measure.Unit;
import java.util.Locale;
import java.util.Optional;

/** What a comparison says of one metric. */
enum Finding {
    /** A duration became shorter, or a rate higher. */
    FASTER,
    /** A duration became longer, or a rate lower. */
    SLOWER,
    /** The same of what is neither a duration nor a rate, such as what was lost. */
    BETTER,
    WORSE,
    /** Of what is neither good nor bad. */
    HIGHER,
    LOWER,
    /** Too few repetitions, or they vary too much: there may be a difference all the same. */
    NO_DIFFERENCE_SHOWN;

    /**
     * What to say.
     *
     * @param metric its definition; nothing when this Muster does not know it
     * @param direction 1 when it is shown to have grown, -1 when it is shown to have shrunk, else 0
     */
    static Finding of(Optional<ResultMetric> metric, int direction) {
        if (direction == 0) {
            return NO_DIFFERENCE_SHOWN;
        }
        var better = metric.map(ResultMetric::better).orElse(Better.NEITHER);
        if (better == Better.NEITHER) {
            return direction > 0 ? HIGHER : LOWER;
        }
        boolean good = (better == Better.HIGHER) == (direction > 0);
        return metric.filter(Finding::tellsSpeed).isPresent() ? good ? FASTER : SLOWER : good ? BETTER : WORSE;
    }

    private static boolean tellsSpeed(ResultMetric metric) {
        var base = metric.unit().base();
        return !(metric instanceof HealthResult)
                && (base.equals(Unit.SECONDS.base()) || base.equals(Unit.PER_SECOND.base()));
    }

    /** As it is printed: {@code no difference shown}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
