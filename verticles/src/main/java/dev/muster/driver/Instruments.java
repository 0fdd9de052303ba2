package dev.muster.driver;

import dev.muster.kube.LinkEvent;
import dev.muster.kube.Outcome;
import dev.muster.measure.Counters;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Recorder;
import dev.muster.node.Telemetry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What one driver counts and measures. Only its event loop writes, with one exception. */
final class Instruments {
    final Counters<DriverCounter> counters;
    /** The pacer's thread writes this one. */
    final Recorder lateness;

    private final Map<Verb, Recorder> latency = new EnumMap<>(Verb.class);
    private final Map<Verb, Recorder> service = new EnumMap<>(Verb.class);
    private final Recorder retryAfter;

    Instruments(Telemetry telemetry) {
        counters = telemetry.counters(DriverCounter.class);
        lateness = telemetry.recorder(HealthMetric.LATENESS);
        latency.put(Verb.CREATE, telemetry.recorder(DriverMetric.CREATE_LATENCY));
        latency.put(Verb.PATCH, telemetry.recorder(DriverMetric.PATCH_LATENCY));
        latency.put(Verb.DELETE, telemetry.recorder(DriverMetric.DELETE_LATENCY));
        service.put(Verb.CREATE, telemetry.recorder(DriverMetric.CREATE_SERVICE));
        service.put(Verb.PATCH, telemetry.recorder(DriverMetric.PATCH_SERVICE));
        service.put(Verb.DELETE, telemetry.recorder(DriverMetric.DELETE_SERVICE));
        retryAfter = telemetry.recorder(DriverMetric.RETRY_AFTER);
    }

    void throttled(Duration wait) {
        counters.increment(DriverCounter.THROTTLED);
        retryAfter.record(wait.toMillis());
    }

    /** An operation ended; times are of {@link System#nanoTime}. Only what was done has a latency. */
    void ended(Operation operation, Outcome outcome, long sent, long now) {
        if (outcome instanceof Outcome.Done) {
            counters.increment(DriverCounter.DONE);
            counters.increment(done(operation.verb()));
            recorder(latency, operation.verb()).record(now - operation.intended());
            recorder(service, operation.verb()).record(now - sent);
        } else if (outcome instanceof Outcome.Unknown) {
            counters.increment(DriverCounter.UNKNOWN);
        } else {
            counters.increment(DriverCounter.FAILED);
            counters.increment(
                    outcome instanceof Outcome.Refused refused
                            ? error(refused.status())
                            : DriverCounter.ERRORS_CONNECTION);
        }
    }

    private static Recorder recorder(Map<Verb, Recorder> all, Verb verb) {
        var recorder = all.get(verb);
        if (recorder == null) {
            throw new IllegalStateException("no recorder for " + verb);
        }
        return recorder;
    }

    private static DriverCounter done(Verb verb) {
        return switch (verb) {
            case CREATE -> DriverCounter.CREATED;
            case PATCH -> DriverCounter.PATCHED;
            case DELETE -> DriverCounter.DELETED;
        };
    }

    private static DriverCounter error(int status) {
        return switch (status) {
            case 400, 422 -> DriverCounter.ERRORS_400;
            case 401 -> DriverCounter.ERRORS_401;
            case 403 -> DriverCounter.ERRORS_403;
            case 404 -> DriverCounter.ERRORS_404;
            case 409 -> DriverCounter.ERRORS_409;
            case 413 -> DriverCounter.ERRORS_413;
            case 429 -> DriverCounter.ERRORS_429;
            default -> status >= 500 ? DriverCounter.ERRORS_500 : DriverCounter.ERRORS_OTHER;
        };
    }

    void link(LinkEvent event) {
        switch (event) {
            case LOST -> counters.increment(DriverCounter.CONNECTIONS_LOST);
            case RECONNECTED -> counters.increment(DriverCounter.RECONNECTED);
            case CONNECTED, UNREACHED -> {}
        }
    }
}
