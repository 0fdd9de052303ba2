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
    private static final int NOT_FOUND = 404;
    private static final double NANOS = 1e9;

    final Counters<DriverCounter> counters;
    /** The pacer's thread writes this one. */
    final Recorder lateness;

    private final Map<Verb, Recorder> latency = new EnumMap<>(Verb.class);
    private final Map<Verb, Recorder> service = new EnumMap<>(Verb.class);
    private final Recorder retryAfter;
    private long begun;
    private volatile long elapsedNanos;

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

    /** The load begins. */
    void begin() {
        begun = System.nanoTime();
    }

    /** From there until the last operation so far ended; any thread may ask. */
    double elapsedSeconds() {
        return elapsedNanos / NANOS;
    }

    void throttled(Duration wait) {
        counters.increment(DriverCounter.THROTTLED);
        retryAfter.record(wait.toMillis());
    }

    /** Operations ended before they were sent, or before the server looked at them. */
    void dropped(int count) {
        counters.add(DriverCounter.DROPPED, count);
    }

    /**
     * An operation ended; times are of {@link System#nanoTime}. Only what was done has a latency.
     *
     * @param doubtful whether it was not known that the object exists
     */
    void ended(Operation operation, boolean doubtful, Outcome outcome, long sent, long now) {
        elapsedNanos = now - begun;
        if (outcome instanceof Outcome.Done done) {
            exists(operation.verb(), doubtful, done.status());
            counters.increment(DriverCounter.DONE);
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

    /** What is known of the object now. Counted in this order, no more are ever deleted than there were. */
    private void exists(Verb verb, boolean doubtful, int status) {
        if (doubtful && verb == Verb.DELETE && status == NOT_FOUND) {
            counters.increment(DriverCounter.NEVER_THERE);
            return;
        } else if (doubtful && verb == Verb.DELETE) {
            counters.increment(DriverCounter.CONFIRMED);
        }
        counters.increment(done(verb));
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
