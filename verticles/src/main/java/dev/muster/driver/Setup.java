package dev.muster.driver;

import dev.muster.driver.DriverOptions.Mode;
import dev.muster.measure.ArrivalProcess;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The options as a driver uses them: with the defaults of its mode, and the names that its objects get.
 *
 * @param run marks the objects as of this run
 * @param driver marks them as of this driver
 * @param rate creations a second when open, operations a second when closed (0: unlimited)
 * @param seed of the Poisson process
 * @param payload of the objects
 */
record Setup(DriverOptions options, String run, String driver, double rate, long seed, Template.Payload payload) {
    static final String RUN = "[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?";
    static final String RUN_RANGE = "1 to 40 of a-z, 0-9 and -, with a letter or digit at both ends";
    static final int MOST_PAYLOAD = 1_000_000;

    private static final int LONGEST_DRIVER = 40;
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** @param instance the process's name among the others */
    static Setup of(DriverOptions options, String instance) {
        boolean open = options.mode() == Mode.OPEN;
        int create = Optional.ofNullable(options.createBytes()).orElse(open ? 2_000 : 100);
        return new Setup(
                options,
                Optional.ofNullable(options.runId()).orElseGet(() -> RUN_TIME.format(Instant.now())),
                driver(instance),
                Optional.ofNullable(options.rate()).orElse(open ? 1.0 : 100.0),
                Optional.ofNullable(options.seed())
                        .orElseGet(() -> ThreadLocalRandom.current().nextLong()),
                new Template.Payload(
                        create, Optional.ofNullable(options.updateBytes()).orElse(create)));
    }

    /** A name of Kubernetes has small letters alone, and a label 63 of them. The end of an instance's name is its own. */
    private static String driver(String instance) {
        var name = instance.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var end = name.substring(Math.max(0, name.length() - LONGEST_DRIVER)).replaceAll("^-+|-+$", "");
        return end.isEmpty() ? "driver" : end;
    }

    /** What every object of this driver begins with. */
    String prefix() {
        var pad = "x".repeat(options.namePad());
        return run + "-" + driver + "-" + (pad.isEmpty() ? "" : pad + "-");
    }

    /** What every object carries. */
    Map<String, String> labels() {
        return Map.of("purpose", "scaletest", "muster/run", run, "muster/driver", driver);
    }

    /** How a list is asked for this driver's objects alone. */
    String selector() {
        return "muster/run=" + run + ",muster/driver=" + driver;
    }

    /** When an open driver creates its objects. */
    ArrivalProcess creations() {
        var process =
                switch (options.arrival()) {
                    case POISSON -> ArrivalProcess.poisson(rate, seed);
                    case CONSTANT -> ArrivalProcess.constant(rate);
                    case RAMP -> ArrivalProcess.ramp(0, rate, options.ramp());
                };
        return process.first(options.objects());
    }

    /** How long an object of an open driver lives. */
    long lifeNanos() {
        return Math.round(options.maxPopulation() / rate * 1e9);
    }

    /** Operations in all. */
    long planned() {
        long each = options.mode() == Mode.OPEN ? 2 : options.createOnly() ? 1 : 2L + options.updates();
        return each * options.objects();
    }
}
