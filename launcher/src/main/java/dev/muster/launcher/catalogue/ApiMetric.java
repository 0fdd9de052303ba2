package dev.muster.launcher.catalogue;

import dev.muster.measure.Unit;
import java.util.Optional;

/** What the experiment {@code api} measures. */
public enum ApiMetric implements ResultMetric {
    PLANNED("planned", Unit.COUNT, Better.NEITHER, "Operations that the load consists of"),
    INTENDED("intended", Unit.COUNT, Better.NEITHER, "Operations whose time came: done, failed, dropped or unknown"),
    DONE("done", Unit.COUNT, Better.HIGHER, "Operations that the server has done"),
    FAILED("failed", Unit.COUNT, Better.LOWER, "Operations that the server refused or that never reached it"),
    DROPPED("dropped", Unit.COUNT, Better.LOWER, "Operations that were never sent"),
    UNKNOWN("unknown", Unit.COUNT, Better.LOWER, "Operations that were sent and of whose outcome nothing is known"),
    THROTTLED("throttled", Unit.COUNT, Better.LOWER, "Answers 429, after which the operation was sent again"),
    ERRORS_400("errors.invalid", Unit.COUNT, Better.LOWER, "Failed with 400 or 422: the object is invalid"),
    ERRORS_401("errors.unauthorized", Unit.COUNT, Better.LOWER, "Failed with 401: the server does not know who we are"),
    ERRORS_403("errors.forbidden", Unit.COUNT, Better.LOWER, "Failed with 403: we may not do this"),
    ERRORS_404("errors.not_found", Unit.COUNT, Better.LOWER, "Failed with 404: no such object, namespace or resource"),
    ERRORS_409(
            "errors.conflict",
            Unit.COUNT,
            Better.LOWER,
            "Failed with 409: it exists already, or was changed meanwhile"),
    ERRORS_413("errors.too_large", Unit.COUNT, Better.LOWER, "Failed with 413: the object is too large"),
    ERRORS_429(
            "errors.throttled", Unit.COUNT, Better.LOWER, "Failed with 429: the server asked to be slower too often"),
    ERRORS_500("errors.server", Unit.COUNT, Better.LOWER, "Failed with 500 to 599"),
    ERRORS_OTHER("errors.other", Unit.COUNT, Better.LOWER, "Failed with another status"),
    ERRORS_CONNECTION("errors.connection", Unit.COUNT, Better.LOWER, "Failed for want of a connection"),
    DURATION("duration", Unit.SECONDS, Better.NEITHER, "From the beginning of the load to its end"),
    RATE("rate", Unit.PER_SECOND, Better.HIGHER, "Operations done, over api.duration"),
    CREATE_LATENCY("create.latency", "From the instant at which an object was to be created until it was"),
    CREATE_SERVICE(Objective.API_WRITE, "create.service", "The request alone that created an object"),
    PATCH_LATENCY("patch.latency", "From the instant at which a patch was to be made until it was"),
    PATCH_SERVICE(Objective.API_WRITE, "patch.service", "The request alone that patched an object"),
    DELETE_LATENCY("delete.latency", "From the instant at which an object was to be deleted until it was"),
    DELETE_SERVICE(Objective.API_WRITE, "delete.service", "The request alone that deleted an object"),
    RETRY_AFTER("retry_after", "How long the server asked to wait with a 429"),
    WATCH_LAG("watch.lag", "From the timestamp in a new or changed object until a watcher read its event"),
    WATCH_CLOCK_ERROR(
            "watch.clock_error",
            Unit.MICROSECONDS,
            Better.LOWER,
            "How wrong api.watch.lag may be because of two clocks: 0 when both ends are on one machine"),
    WATCH_EVENTS("watch.events", Unit.COUNT, Better.NEITHER, "Events of new, changed and deleted objects"),
    WATCH_MISSED(
            "watch.missed",
            Unit.COUNT,
            Better.LOWER,
            "Operations done of which the watcher heard no event, or one too many when below 0"),
    WATCH_COALESCED("watch.coalesced", Unit.COUNT, Better.LOWER, "Changes that only a later list told"),
    WATCH_DUPLICATES("watch.duplicates", Unit.COUNT, Better.LOWER, "Events that had been heard of before"),
    WATCH_REORDERED("watch.reordered", Unit.COUNT, Better.LOWER, "Events older than one of the same object before"),
    WATCH_GONE("watch.gone", Unit.COUNT, Better.LOWER, "Watches that could not go on (410), and listed anew"),
    WATCH_LOST("watch.lost", Unit.COUNT, Better.LOWER, "Watches that broke for want of a connection"),
    WATCH_ERRORS(
            "watch.errors",
            Unit.COUNT,
            Better.LOWER,
            "Lists and watches that the server refused or ended with an error"),
    INFORMER_QUEUE_TIME(
            "informer.queue_time",
            "From the first notification of a change until a worker of the informer took the object off its queue"),
    INFORMER_CREATE_LAG(
            "informer.create_lag", "From the timestamp in a new object until a worker took it off the queue"),
    INFORMER_UPDATE_LAG(
            "informer.update_lag", "From the timestamp in a changed object until a worker took it off the queue"),
    INFORMER_RECONNECT(
            "informer.reconnect", "From the end of a watch that broke or could not go on until the next was open"),
    INFORMER_DEQUEUED("informer.dequeued", Unit.COUNT, Better.NEITHER, "Objects that workers took off the queue"),
    INFORMER_COALESCED(
            "informer.coalesced", Unit.COUNT, Better.LOWER, "Those of them that had changed more than once meanwhile"),
    INFORMER_MISSED("informer.missed", Unit.COUNT, Better.LOWER, "Changes that a later list told and no notification"),
    INFORMER_RELISTS("informer.relists", Unit.COUNT, Better.LOWER, "Lists of all objects after the first one");

    private final Definition definition;
    private final Optional<Objective> objective;

    ApiMetric(String thing, Unit unit, Better better, String help) {
        this(Kind.VALUE, thing, unit, better, help, Optional.empty());
    }

    ApiMetric(String thing, String help) {
        this(Kind.DISTRIBUTION, thing, Unit.MILLISECONDS, Better.LOWER, help, Optional.empty());
    }

    ApiMetric(Objective objective, String thing, String help) {
        this(Kind.DISTRIBUTION, thing, Unit.MILLISECONDS, Better.LOWER, help, Optional.of(objective));
    }

    ApiMetric(Kind kind, String thing, Unit unit, Better better, String help, Optional<Objective> objective) {
        definition = new Definition("api." + thing, kind, unit, better, help);
        this.objective = objective;
    }

    @Override
    public Definition definition() {
        return definition;
    }

    @Override
    public Optional<Objective> objective() {
        return objective;
    }
}
