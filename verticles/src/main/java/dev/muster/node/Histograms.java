package dev.muster.node;

import dev.muster.bus.Snapshot;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;

/** Where a distribution becomes a message, and the other way. */
public final class Histograms {
    private Histograms() {}

    /** The distribution as the bus carries it. */
    public static Snapshot.Encoded encode(Unit unit, Distribution samples) {
        return new Snapshot.Encoded(unit.symbol(), samples.encodePositive(), samples.encodeNegative());
    }

    /**
     * The distribution that the bus brought.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    public static Distribution decode(Snapshot.Encoded encoded) {
        return Distribution.decode(encoded.positive(), encoded.negative());
    }

    /**
     * The samples that came since the bus brought the earlier state.
     *
     * @throws IllegalArgumentException when one is malformed, or the earlier one has samples that the later one lacks
     */
    public static Distribution difference(Snapshot.Encoded later, Snapshot.Encoded earlier) {
        return Distribution.difference(later.positive(), later.negative(), earlier.positive(), earlier.negative());
    }
}
