package dev.muster.collector;

import dev.muster.measure.Unit;
import java.util.HashMap;
import java.util.Map;

/** The unit of each distribution by name, as the first process told it: values of another one can't be merged in. */
final class Units {
    private final Map<String, Unit> byName = new HashMap<>();

    /**
     * The unit of this symbol.
     *
     * @throws IllegalArgumentException when it is unknown, or not the distribution's
     */
    Unit of(String name, String symbol) {
        var unit = Unit.ofSymbol(symbol);
        var known = byName.putIfAbsent(name, unit);
        if (known != null && known != unit) {
            throw new IllegalArgumentException("the unit is '" + symbol + "' instead of '" + known.symbol() + "'");
        }
        return unit;
    }
}
