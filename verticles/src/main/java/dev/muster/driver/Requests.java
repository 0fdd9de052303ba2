package dev.muster.driver;

import dev.muster.driver.DriverOptions.TimestampFormat;
import dev.muster.kube.ApiRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The requests of one driver, made of its templates. For one thread. */
final class Requests {
    private static final long NANOS = 1_000_000_000L;

    /** In Go's notation {@code 2006-01-02 15:04:05.000 -0700}. */
    private static final DateTimeFormatter ORIGINAL = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSS xx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Setup setup;
    private final Template template;
    private final String path;
    private final String prefix;

    /** @param path of all objects of the resource in the namespace */
    Requests(Setup setup, Template template, String path) {
        this.setup = setup;
        this.template = template;
        this.path = path;
        this.prefix = setup.prefix();
    }

    ApiRequest create(long number, long epochNanos) {
        return ApiRequest.create(path + trace(number), template.create(prefix + number, time(epochNanos)));
    }

    ApiRequest patch(long number, long epochNanos) {
        return ApiRequest.patch(path(number), template.patch(time(epochNanos)));
    }

    ApiRequest delete(long number) {
        return ApiRequest.delete(path(number));
    }

    /** Namespace and name of an object, as {@code kubectl} and the original's log write it. */
    String key(long number) {
        return setup.options().namespace() + "/" + prefix + number;
    }

    private String path(long number) {
        return path + "/" + prefix + number + trace(number);
    }

    private String trace(long number) {
        return setup.options().traceUrl() ? "?r=" + setup.run() + "&i=" + number : "";
    }

    private String time(long epochNanos) {
        return setup.options().timestampFormat() == TimestampFormat.EPOCH
                ? Long.toString(epochNanos)
                : ORIGINAL.format(
                        Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS), Math.floorMod(epochNanos, NANOS)));
    }
}
