package dev.muster.node;

import java.time.Duration;
import java.util.List;

/** Says of options that are out of their range so, a line each: the option, its range, and what it was. */
public final class Ranges {
    private Ranges() {}

    /** Adds a problem when the value is below the least or above the most. */
    public static void check(List<String> problems, String option, long value, long least, long most) {
        if (value < least || value > most) {
            problems.add(option + " must be " + least + " to " + most + ", not " + value);
        }
    }

    /** The same of a duration. */
    public static void check(List<String> problems, String option, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(option + " must be " + text(least) + " to " + text(most) + ", not " + text(value));
        }
    }

    /** As a user writes it, in the largest unit that is a whole number. */
    private static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
    }
}
