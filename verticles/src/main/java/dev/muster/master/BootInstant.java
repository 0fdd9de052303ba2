package dev.muster.master;

import dev.muster.http.Params;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** When a minion began, from what it sends: its age, or an instant whose unit its magnitude tells. */
final class BootInstant {
    private static final double OLDEST_MILLIS = 1e11; // three years

    // Epoch instants of the years 2001 to 2286 in s, ms, us and ns have 10, 13, 16 and 19 digits.
    private static final BigDecimal SECOND_2001 = BigDecimal.valueOf(1_000_000_000L);

    private BootInstant() {}

    /**
     * The boot instant in epoch microseconds, from {@code age_ms} if it is given, else from {@code minion_time}; a
     * problem is noted when both are missing or the one is wrong.
     *
     * @param receivedMicros the master's clock when the request came
     */
    static long of(Params params, long receivedMicros) {
        var age = params.decimal("age_ms", 0, OLDEST_MILLIS);
        if (age != null) {
            return receivedMicros - Math.round(age * 1_000);
        }
        if (params.raw("age_ms") != null) {
            return 0;
        }
        var time = micros(params, "minion_time");
        if (time == null && isAbsent(params.raw("minion_time"))) {
            params.problem("minion_time is missing: give the boot instant since 1970 in s, ms, us or ns, or age_ms");
        }
        return time == null ? 0 : time;
    }

    private static boolean isAbsent(@Nullable String value) {
        return value == null || value.isEmpty();
    }

    /** A parameter's instant in epoch microseconds; null when it is not given, or wrong, which is noted. */
    static @Nullable Long micros(Params params, String name) {
        var time = params.raw(name);
        if (time == null || time.isEmpty()) {
            return null;
        }
        var micros = micros(time);
        if (micros.isEmpty()) {
            params.problem(
                    name + " must be an instant since 1970 in s, ms, us or ns, from the years 2001 to 2286, not '"
                            + Params.shown(time) + "'");
            return null;
        }
        return micros.getAsLong();
    }

    /** Epoch microseconds of an instant in s, ms, us or ns; empty when it is none. */
    static OptionalLong micros(String time) {
        var value = decimal(time);
        if (value == null || value.compareTo(SECOND_2001) < 0) {
            return OptionalLong.empty();
        }
        for (int scale = 6, power = 10; scale >= -3; scale -= 3, power += 3) {
            if (value.compareTo(BigDecimal.TEN.pow(power)) < 0) {
                // 10 digits before the point are seconds, 13 milliseconds, and so on; 11 and 12 are nothing.
                boolean known = value.compareTo(SECOND_2001.scaleByPowerOfTen(power - 10)) >= 0;
                return known ? OptionalLong.of(value.scaleByPowerOfTen(scale).longValue()) : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    private static @Nullable BigDecimal decimal(String text) {
        if (text.length() > 40) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return null;
            }
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException twoPoints) {
            return null;
        }
    }
}
