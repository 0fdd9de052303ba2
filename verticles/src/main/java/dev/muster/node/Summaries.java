package dev.muster.node;

import dev.muster.bus.Percentiles;
import dev.muster.measure.Summary;

/** Where a measured summary becomes a message. */
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
}
