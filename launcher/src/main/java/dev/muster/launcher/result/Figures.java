package dev.muster.launcher.result;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A result's numbers for people, the same in every place that shows them. */
public final class Figures {
    private Figures() {}

    /** Whole numbers as they are, others with three digits that matter; {@code -} for what was not measured. */
    public static String text(@Nullable Double value) {
        if (value == null) {
            return "-";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,d", value.longValue());
        }
        return String.format(Locale.ROOT, "%,." + decimals(Math.abs(value)) + "f", value);
    }

    /** What is small is not shown as 0, which it is not. */
    private static int decimals(double magnitude) {
        if (magnitude < 0.001) {
            return 1 - (int) Math.floor(Math.log10(magnitude));
        }
        return magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3;
    }

    /** The same with its unit behind it. */
    public static String text(@Nullable Double value, String unit) {
        return value == null || unit.isEmpty() ? text(value) : text(value) + " " + unit;
    }
}
