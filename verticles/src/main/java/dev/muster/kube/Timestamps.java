package dev.muster.kube;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;

/** The times in annotations: epoch nanoseconds, or in the original's layout. */
public final class Timestamps {
    /** In Go's notation {@code 2006-01-02 15:04:05.000 -0700}. */
    private static final DateTimeFormatter ORIGINAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS xx", Locale.ROOT);

    private static final long NANOS = 1_000_000_000L;
    private static final int MOST_DIGITS = 19;

    private Timestamps() {}

    /** Epoch nanoseconds; empty when the text is neither. */
    public static OptionalLong read(String text) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.of(Long.parseLong(text));
        }
        try {
            var instant = ZonedDateTime.parse(text, ORIGINAL).toInstant();
            return OptionalLong.of(instant.getEpochSecond() * NANOS + instant.getNano());
        } catch (DateTimeException noTime) {
            return OptionalLong.empty();
        }
    }
}
