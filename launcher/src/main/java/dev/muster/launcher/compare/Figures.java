package dev.muster.launcher.compare;

import dev.muster.launcher.compare.Contrast.Scale;
import dev.muster.measure.Unit;
import java.util.Arrays;
import java.util.Locale;

/** A row's numbers for people. */
record Figures(Row row) {
    /** The mean of the baseline, with its unit. */
    String before() {
        return number(row.contrast().before());
    }

    /** The mean of the other side, with its unit. */
    String after() {
        return number(row.contrast().after());
    }

    /** The second less the first, with its sign and unit. */
    String difference() {
        return signed(row.contrast().difference());
    }

    /** The second over the first; empty when they have none. */
    String ratio() {
        return row.contrast().scale() == Scale.RATIO
                ? ratio(row.contrast().after() / row.contrast().before())
                : "-";
    }

    /** The interval of the ratio, or of the difference where there is no ratio. */
    String interval() {
        return row.contrast()
                .interval()
                .map(where -> row.contrast().scale() == Scale.RATIO
                        ? ratio(where.low()) + " .. " + ratio(where.high())
                        : signed(where.low()) + " .. " + signed(where.high()))
                .orElse("-");
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
    }

    private String signed(double value) {
        return (value > 0 ? "+" : "") + number(value);
    }

    private String number(double value) {
        return Arrays.stream(Unit.values())
                .filter(unit -> unit.symbol().equals(row.unit()))
                .findFirst()
                .map(unit -> unit.text(value))
                .orElseGet(() -> String.format(Locale.ROOT, "%.3g %s", value, row.unit()));
    }
}
