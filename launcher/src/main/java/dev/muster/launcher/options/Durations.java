package dev.muster.launcher.options;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** Durations as Muster writes them: {@code 500ms}, {@code 2s}, {@code 1.5m}, {@code 1h}; a bare number is seconds. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)?");

    private Durations() {}

    /**
     * The duration that a text means.
     *
     * @throws TypeConversionException when it means none
     */
    public static Duration parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new TypeConversionException("must be a duration such as 500ms, 2s, 1m or 1h, not '" + text + "'");
        }
        var seconds = new BigDecimal(form.group(1)).multiply(secondsPer(form.group(2)));
        var nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue();
        return Duration.ofSeconds(seconds.longValue(), nanos);
    }

    private static BigDecimal secondsPer(@Nullable String unit) {
        return switch (unit == null ? "s" : unit) {
            case "ms" -> new BigDecimal("0.001");
            case "m" -> BigDecimal.valueOf(60);
            case "h" -> BigDecimal.valueOf(3600);
            default -> BigDecimal.ONE;
        };
    }
}
