package dev.muster.driver;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** All that a driver counts: {@code intended = done + failed + dropped + unknown + under way}. */
enum DriverCounter implements Metric {
    INTENDED("intended", "Operations whose time has come"),
    DONE("done", "Operations that the server has done"),
    FAILED("failed", "Operations that the server refused or that never reached it"),
    DROPPED("dropped", "Operations that were given up before they were sent, because the driver was stopped"),
    UNKNOWN("unknown", "Operations that were sent and of whose outcome nothing is known"),
    CREATED("created", "Objects created"),
    PATCHED("patched", "Patches done"),
    CONFIRMED(
            "confirmed", "Objects of whose creation nothing was known until their deletion told that they were there"),
    NEVER_THERE("never_there", "Deletions done of objects that, nothing being known of their creation, were not there"),
    DELETED("deleted", "Objects deleted"),
    THROTTLED("throttled", "Answers 429, after which the operation waits as the server asks and is sent again"),
    ERRORS_400("errors.400", "Failed with 400 or 422: the object or the request is invalid"),
    ERRORS_401("errors.401", "Failed with 401: the server does not know who we are"),
    ERRORS_403("errors.403", "Failed with 403: we may not do this"),
    ERRORS_404("errors.404", "Failed with 404: no such object, namespace or resource"),
    ERRORS_409("errors.409", "Failed with 409: it exists already, or was changed meanwhile"),
    ERRORS_413("errors.413", "Failed with 413: the object is too large"),
    ERRORS_429("errors.429", "Failed with 429: the server asked to be slower too often"),
    ERRORS_500("errors.500", "Failed with 500 to 599"),
    ERRORS_OTHER("errors.other", "Failed with another status"),
    ERRORS_CONNECTION(
            "errors.connection", "Failed because no connection could be made, or the server did not look at it"),
    CONNECTIONS_LOST("connections.lost", "Connections to the server that ended"),
    RECONNECTED("connections.reconnected", "Connections that were made again"),
    CLEANED("cleaned", "Objects of this driver that were deleted at its end");

    private final Definition definition;

    DriverCounter(String thing, String help) {
        definition = new Definition("driver." + thing, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
