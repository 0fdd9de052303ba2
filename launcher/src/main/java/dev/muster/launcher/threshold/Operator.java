package dev.muster.launcher.threshold;

import java.util.Arrays;
import java.util.List;

/** How a measured value is held against the limit. The longer symbols first: a reader must not take {@code <} of them. */
public enum Operator {
    AT_MOST("<="),
    AT_LEAST(">="),
    EQUAL("=="),
    UNEQUAL("!="),
    BELOW("<"),
    ABOVE(">");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }

    /** All symbols. */
    public static List<String> symbols() {
        return Arrays.stream(values()).map(Operator::symbol).toList();
    }

    static Operator of(String symbol) {
        return Arrays.stream(values())
                .filter(operator -> operator.symbol.equals(symbol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no operator '" + symbol + "'"));
    }

    boolean holds(double value, double limit) {
        return switch (this) {
            case AT_MOST -> value <= limit;
            case AT_LEAST -> value >= limit;
            case EQUAL -> value == limit;
            case UNEQUAL -> value != limit;
            case BELOW -> value < limit;
            case ABOVE -> value > limit;
        };
    }
}
