package dev.muster.master;

import dev.muster.http.Params;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a minion began, from what it sends: its age, or an instant whose unit its magnitude tells. */
final class BootInstant {
    private static final double OLDEST_MILLIS = 1e11; // three years

    // Epoch instants of the years 2001 to 2286 in s, ms, us and ns have 10, 13, 16 and 19 digits before the point. The
    // first
    // 16 of any of them are microseconds.
    private static final Pattern INSTANT = Pattern.compile("0*([1-9]\\d{9}(?:\\d{3}){0,3})(?:\\.(\\d*))?");
    private static final int MICROS_DIGITS = 16;

    private static final int LONGEST = 40;

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

    /** Epoch microseconds of an instant in s, ms, us or ns, cut to whole ones; empty when it is none. */
    static OptionalLong micros(String time) {
        var instant = INSTANT.matcher(time);
        if (time.length() > LONGEST || !instant.matches()) {
            return OptionalLong.empty();
        }
        var fraction = instant.group(2) == null ? "" : instant.group(2);
        var digits = instant.group(1) + fraction + "0".repeat(MICROS_DIGITS);
        return OptionalLong.of(Long.parseLong(digits.substring(0, MICROS_DIGITS)));
    }
}
