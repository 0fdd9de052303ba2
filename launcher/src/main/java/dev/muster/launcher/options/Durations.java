package dev.muster.launcher.options;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Durations as Muster writes them: {@code 500ms}, {@code 2s}, {@code 1.5m}, {@code 1h}; a bare number is seconds. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(ms|s|m|h)?");

    private static final String BILLION = "000000000";

    private Durations() {}

    /**
     * The duration that a text means, cut to whole nanoseconds. Reckoned without decimals of any length, for every process
     * reads many at its start, and in Java 25 the first use of BigDecimal takes a tenth of a second.
     *
     * @throws TypeConversionException when it means none
     */
    public static Duration parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new TypeConversionException("must be a duration such as 500ms, 2s, 1m or 1h, not '" + text + "'");
        }
        var whole = Long.parseLong(form.group(1));
        var billionths = form.group(2) == null ? 0 : billionths(form.group(2));
        return switch (form.group(3) == null ? "s" : form.group(3)) {
            case "ms" -> Duration.ofMillis(whole).plusNanos(billionths / 1_000);
            case "m" -> Duration.ofMinutes(whole).plusNanos(billionths * 60);
            case "h" -> Duration.ofHours(whole).plusNanos(billionths * 3600);
            default -> Duration.ofSeconds(whole, billionths);
        };
    }

    private static long billionths(String decimals) {
        return Long.parseLong(decimals + BILLION.substring(decimals.length()));
    }
}
