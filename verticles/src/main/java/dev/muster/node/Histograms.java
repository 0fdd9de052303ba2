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
}
