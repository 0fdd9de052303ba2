package dev.muster.node;

import dev.muster.bus.Percentiles;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;

/** Where a measured summary becomes a message, and the other way. */
public final class Summaries {
    private Summaries() {}

    /** The summary as the bus carries it, in its own unit. */
    public static Percentiles percentiles(Summary summary) {
        return new Percentiles(
                summary.unit().symbol(),
                summary.count(),
                summary.min(),
                summary.mean(),
                summary.p50(),
                summary.p90(),
                summary.p95(),
                summary.p99(),
                summary.p999(),
                summary.max());
    }

    /**
     * The summary that the bus brought.
     *
     * @throws IllegalArgumentException when its unit is unknown
     */
    public static Summary summary(Percentiles percentiles) {
        return new Summary(
                Unit.ofSymbol(percentiles.unit()),
                percentiles.count(),
                percentiles.min(),
                percentiles.mean(),
                percentiles.p50(),
                percentiles.p90(),
                percentiles.p95(),
                percentiles.p99(),
                percentiles.p999(),
                percentiles.max());
    }
}
