package dev.muster.measure;

import java.util.Locale;

/** The unit of a recorded value, with the base unit that Prometheus wants. */
public enum Unit {
    NANOSECONDS("ns", "seconds", 1e-9),
    MICROSECONDS("us", "seconds", 1e-6),
    MILLISECONDS("ms", "seconds", 1e-3),
    SECONDS("s", "seconds", 1),
    BYTES("bytes", "bytes", 1),
    RATIO("ratio", "ratio", 1),
    PER_SECOND("/s", "per_second", 1),
    BYTES_PER_SECOND("bytes/s", "bytes_per_second", 1),
    SECONDS_PER_GIGABYTE("s/GB", "seconds_per_gigabyte", 1),
    COUNT("", "", 1);

    private final String symbol;
    private final String base;
    private final double perUnit;

    Unit(String symbol, String base, double perUnit) {
        this.symbol = symbol;
        this.base = base;
        this.perUnit = perUnit;
    }

    /**
     * The unit of this symbol.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Unit ofSymbol(String symbol) {
        for (var unit : values()) {
            if (unit.symbol.equals(symbol)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("no unit '" + symbol + "'");
    }

    /** As people write it behind a number: {@code ms}; empty for a count. */
    public String symbol() {
        return symbol;
    }

    /** The base unit's name as a Prometheus metric ends in it: {@code seconds}; empty for a count. */
    public String base() {
        return base;
    }

    /** In which unit people are told of it: times in milliseconds, all else in its own. */
    public Unit shown() {
        return base.equals(SECONDS.base) ? MILLISECONDS : this;
    }

    /** How many base units one of this unit is. */
    public double inBase(double value) {
        return value * perUnit;
    }

    /**
     * How many of another unit a value of this unit is.
     *
     * @throws IllegalArgumentException when the two measure different things
     */
    public double to(Unit other, double value) {
        if (!base.equals(other.base)) {
            throw new IllegalArgumentException(name() + " can't be told in " + other.name());
        }
        return this == other ? value : value * perUnit / other.perUnit;
    }

    /** A value of this unit for people: three digits, in the unit that suits its size, such as {@code 1.23 ms}. */
    public String text(double value) {
        return switch (this) {
            case NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS -> duration(inBase(value));
            case BYTES -> bytes(value);
            case RATIO -> digits(100 * value) + " %";
            case PER_SECOND -> digits(value) + " /s";
            case BYTES_PER_SECOND -> bytes(value) + "/s";
            case SECONDS_PER_GIGABYTE -> digits(value) + " s/GB";
            case COUNT -> value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : digits(value);
        };
    }

    private static String duration(double seconds) {
        double size = Math.abs(seconds);
        if (size >= 1 || size == 0) {
            return digits(seconds) + " s";
        } else if (size >= 1e-3) {
            return digits(seconds * 1e3) + " ms";
        } else if (size >= 1e-6) {
            return digits(seconds * 1e6) + " us";
        }
        return digits(seconds * 1e9) + " ns";
    }

    private static String bytes(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return digits(value / 1e9) + " GB";
        } else if (size >= 1e6) {
            return digits(value / 1e6) + " MB";
        } else if (size >= 1e3) {
            return digits(value / 1e3) + " kB";
        }
        return String.format(Locale.ROOT, "%.0f bytes", value);
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
