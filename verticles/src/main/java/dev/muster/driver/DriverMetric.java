package dev.muster.driver;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** All that a driver measures; what it counts is in {@link DriverCounter}. */
enum DriverMetric implements Metric {
    CREATE_LATENCY(
            "create.latency", "From the instant at which an object was to be created until it was", Unit.NANOSECONDS),
    CREATE_SERVICE("create.service", "The request alone that created an object", Unit.NANOSECONDS),
    PATCH_LATENCY("patch.latency", "From the instant at which a patch was to be made until it was", Unit.NANOSECONDS),
    PATCH_SERVICE("patch.service", "The request alone that patched an object", Unit.NANOSECONDS),
    DELETE_LATENCY(
            "delete.latency", "From the instant at which an object was to be deleted until it was", Unit.NANOSECONDS),
    DELETE_SERVICE("delete.service", "The request alone that deleted an object", Unit.NANOSECONDS),
    RETRY_AFTER("retry_after", "How long the server asked to wait with a 429", Unit.MILLISECONDS),
    ELAPSED("elapsed", "From the beginning of the load until the last operation so far ended", Unit.SECONDS),
    PLANNED("planned", "Operations that are to be done in all", Unit.COUNT),
    POPULATION("population", "Objects that exist, as far as the driver knows", Unit.COUNT),
    IN_FLIGHT("in_flight", "Operations sent and not answered", Unit.COUNT),
    WAITING("waiting", "Operations whose time has come and that wait to be sent", Unit.COUNT),
    CLOCK_OFFSET(
            "clock.offset", "How far the API server's clock is ahead of this process's, by its Date", Unit.NANOSECONDS),
    CLOCK_ERROR("clock.error", "How wrong that may be", Unit.NANOSECONDS);

    private final Definition definition;

    DriverMetric(String thing, String help, Unit unit) {
        definition = new Definition("driver." + thing, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
