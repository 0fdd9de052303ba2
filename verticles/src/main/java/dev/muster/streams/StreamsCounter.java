package dev.muster.streams;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the users count. */
enum StreamsCounter implements Metric {
    REQUESTS("http_reqs", "Requests begun, those that failed included", Unit.COUNT),
    ITERATIONS("iterations", "Iterations that came to their end, whatever failed in them", Unit.COUNT),
    CHECKS_PASSED("checks.passed", "Answers with the status that was to come", Unit.COUNT),
    CHECKS_FAILED("checks.failed", "Requests without such an answer", Unit.COUNT),
    IS_STATUS_201_PASSED("checks.is_status_201.passed", "Appends answered 201", Unit.COUNT),
    IS_STATUS_201_FAILED("checks.is_status_201.failed", "Appends that were not", Unit.COUNT),
    IS_STATUS_200_PASSED("checks.is_status_200.passed", "Reads answered 200", Unit.COUNT),
    IS_STATUS_200_FAILED("checks.is_status_200.failed", "Reads that were not", Unit.COUNT),
    WRONG_STATUS("failed.status", "Requests answered with another status", Unit.COUNT),
    TRUNCATED("failed.truncated", "Requests whose answer ended before it was whole", Unit.COUNT),
    TIMED_OUT("failed.timeout", "Requests without a whole answer in time", Unit.COUNT),
    REFUSED("failed.refused", "Requests for which there was no connection to be had", Unit.COUNT),
    BROKEN("failed.broken", "Requests whose connection broke before the answer began", Unit.COUNT),
    UNREADABLE("failed.unreadable", "Requests whose answer is no HTTP", Unit.COUNT),
    SENT("data_sent", "Bytes sent, heads included, without TLS", Unit.BYTES),
    RECEIVED("data_received", "Bytes received, heads included, without TLS", Unit.BYTES),
    ACKNOWLEDGED("events.acknowledged", "Events whose append was answered 201", Unit.COUNT),
    READ_BACK(
            "events.read_back",
            "Acknowledged events that were looked for after the load, the warm-up's included",
            Unit.COUNT),
    LOST("events.lost", "Acknowledged events that could not be read afterwards", Unit.COUNT),
    DUPLICATED("events.duplicated", "Events that a stream has more than once", Unit.COUNT),
    LOAD_TIME("load_time", "How long the load has lasted, of each process", Unit.MICROSECONDS),
    UNSENT("unsent", "Iterations of an open loop that never began", Unit.COUNT),
    INTERRUPTED("interrupted", "Iterations that were cut off where they were, for there was no more time", Unit.COUNT),
    DONE("done", "Processes whose load has ended, with all read back", Unit.COUNT);

    private final Definition definition;

    StreamsCounter(String thing, String help, Unit unit) {
        definition = new Definition("streams." + thing, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
