package dev.muster.measure;

/** The unit of a recorded value, with the base unit that Prometheus wants. */
public enum Unit {
    NANOSECONDS("ns", "seconds", 1e-9),
    MICROSECONDS("us", "seconds", 1e-6),
    MILLISECONDS("ms", "seconds", 1e-3),
    SECONDS("s", "seconds", 1),
    BYTES("bytes", "bytes", 1),
    RATIO("ratio", "ratio", 1),
    COUNT("", "", 1);

    private final String symbol;
    private final String base;
    private final double perUnit;

    Unit(String symbol, String base, double perUnit) {
        this.symbol = symbol;
        this.base = base;
        this.perUnit = perUnit;
    }

    /** As people write it behind a number: {@code ms}; empty for a count. */
    public String symbol() {
        return symbol;
    }

    /** The base unit's name as a Prometheus metric ends in it: {@code seconds}; empty for a count. */
    public String base() {
        return base;
    }

    /** How many base units one of this unit is. */
    public double inBase(double value) {
        return value * perUnit;
    }
}
