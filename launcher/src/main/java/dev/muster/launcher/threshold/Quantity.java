package dev.muster.launcher.threshold;

import dev.muster.launcher.options.Nearest;
import dev.muster.measure.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A number with its unit, as a threshold names its limit: {@code 250ms}, {@code 500/s}, {@code 80%}, {@code 0}. */
final class Quantity {
    private static final String NUMBER = "[-+]?\\d{1,15}(?:\\.\\d{1,15})?";
    private static final Pattern FORM = Pattern.compile("(" + NUMBER + ")\\s*(\\S*)");

    /** How many base units each written unit is. */
    private static final Map<String, Map<String, BigDecimal>> WRITTEN = Map.of(
            Unit.SECONDS.base(), units("ms 0.001 s 1 us 0.000001 ns 0.000000001 m 60 h 3600"),
            Unit.BYTES.base(), units("bytes 1 B 1 kB 1e3 MB 1e6 GB 1e9 KiB 1024 MiB 1048576 GiB 1073741824"),
            Unit.PER_SECOND.base(), units("/s 1"),
            Unit.BYTES_PER_SECOND.base(),
                    units("MB/s 1e6 GB/s 1e9 kB/s 1e3 bytes/s 1 B/s 1 MiB/s 1048576 GiB/s 1073741824"),
            Unit.SECONDS_PER_GIGABYTE.base(), units("s/GB 1"),
            Unit.RATIO.base(), units("% 0.01"),
            Unit.COUNT.base(), Map.of());

    private Quantity() {}

    private static Map<String, BigDecimal> units(String text) {
        var units = new LinkedHashMap<String, BigDecimal>();
        var words = text.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            units.put(words[i], new BigDecimal(words[i + 1]));
        }
        return units;
    }

    /** The units in which a limit of such a metric can be written, the usual one first. */
    static List<String> symbols(Unit unit) {
        return List.copyOf(written(unit).keySet());
    }

    /** The form of a limit as a regular expression. */
    static String pattern(Unit unit) {
        var bare = needsNoUnit(unit) ? NUMBER : "[-+]?0+(?:\\.0+)?";
        var symbols = symbols(unit);
        return symbols.isEmpty() ? bare : "(" + bare + "|" + NUMBER + "\\s*(" + String.join("|", symbols) + "))";
    }

    /** Whether a bare number says enough: a share or a number of things needs no unit. */
    static boolean needsNoUnit(Unit unit) {
        return unit == Unit.COUNT || unit == Unit.RATIO;
    }

    private static Map<String, BigDecimal> written(Unit unit) {
        var units = WRITTEN.get(unit.base());
        if (units == null) {
            throw new IllegalStateException("no written form of " + unit);
        }
        return units;
    }

    /**
     * A written limit as a value of this unit.
     *
     * @throws IllegalArgumentException when it is no number, or of another unit; the message says what to write
     */
    static double in(Unit unit, String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text.strip() + "' is no number" + example(unit));
        }
        var number = new BigDecimal(form.group(1));
        var symbol = form.group(2);
        if (symbol.isEmpty() && (needsNoUnit(unit) || number.signum() == 0)) {
            return number.doubleValue();
        }
        var inBase = written(unit).get(symbol);
        if (inBase == null) {
            throw new IllegalArgumentException(wrong(unit, form.group(1), symbol));
        }
        return number.multiply(inBase)
                .divide(BigDecimal.valueOf(unit.inBase(1)), MathContext.DECIMAL64)
                .doubleValue();
    }

    private static String wrong(Unit unit, String number, String symbol) {
        var symbols = symbols(unit);
        if (symbol.isEmpty()) {
            return number + " needs a unit, one of " + String.join(", ", symbols) + ": write " + number
                    + symbols.get(0);
        }
        if (symbols.isEmpty()) {
            return "it has no unit, so write " + number + " and not " + number + symbol;
        }
        return "no unit '" + symbol + "' here among " + String.join(", ", symbols) + Nearest.question(symbol, symbols);
    }

    private static String example(Unit unit) {
        var symbols = symbols(unit);
        return symbols.isEmpty() ? "" : " with a unit, such as 250" + symbols.get(0);
    }
}
