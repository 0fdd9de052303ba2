package dev.muster.launcher.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times for people. */
final class Moments {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Moments() {}

    /** An instant of ISO 8601; as it is when it is none. */
    static String text(String instant) {
        try {
            return TIME.format(Instant.parse(instant));
        } catch (DateTimeException other) {
            return instant;
        }
    }
}
