package dev.muster.launcher.catalogue;

import dev.muster.measure.Unit;

/** What the experiment {@code streams} measures; where k6 has the same thing, by its name. */
public enum StreamsMetric implements ResultMetric {
    CHECKS("checks", Unit.RATIO, Better.HIGHER, "Share of the requests whose answer had the status that was to come"),
    CHECKS_PASSED("checks.passed", Unit.COUNT, Better.HIGHER, "Requests with such an answer"),
    CHECKS_FAILED("checks.failed", Unit.COUNT, Better.LOWER, "Requests without such an answer"),
    IS_STATUS_201(
            "checks.is_status_201",
            Unit.RATIO,
            Better.HIGHER,
            "The check 'is status 201': share of the appends that passed it"),
    IS_STATUS_201_FAILED("checks.is_status_201.failed", Unit.COUNT, Better.LOWER, "Appends that did not"),
    IS_STATUS_200(
            "checks.is_status_200",
            Unit.RATIO,
            Better.HIGHER,
            "The check 'is status 200': share of the reads that passed it"),
    IS_STATUS_200_FAILED("checks.is_status_200.failed", Unit.COUNT, Better.LOWER, "Reads that did not"),
    SENT("data_sent", Unit.BYTES, Better.NEITHER, "Bytes sent, heads included"),
    RECEIVED("data_received", Unit.BYTES, Better.NEITHER, "Bytes received, heads included"),
    REQUESTS("http_reqs", Unit.COUNT, Better.HIGHER, "Requests"),
    REQUEST_RATE("http_reqs.rate", Unit.PER_SECOND, Better.HIGHER, "Requests, over streams.duration"),
    FAILED("http_req_failed", Unit.RATIO, Better.LOWER, "Share of the requests that failed"),
    ITERATIONS("iterations", Unit.COUNT, Better.HIGHER, "Iterations that came to their end"),
    ITERATION_RATE("iterations.rate", Unit.PER_SECOND, Better.HIGHER, "Iterations, over streams.duration"),
    USERS("vus", Unit.COUNT, Better.NEITHER, "Virtual users"),
    DURATION("duration", Unit.SECONDS, Better.NEITHER, "From the first request that counts to the last"),
    FAILED_STATUS("failed.status", Unit.COUNT, Better.LOWER, "Requests answered with another status"),
    FAILED_TRUNCATED("failed.truncated", Unit.COUNT, Better.LOWER, "Requests whose answer ended before it was whole"),
    FAILED_TIMEOUT("failed.timeout", Unit.COUNT, Better.LOWER, "Requests without a whole answer in time"),
    FAILED_REFUSED("failed.refused", Unit.COUNT, Better.LOWER, "Requests without a connection"),
    FAILED_BROKEN("failed.broken", Unit.COUNT, Better.LOWER, "Requests whose connection broke before the answer"),
    FAILED_UNREADABLE("failed.unreadable", Unit.COUNT, Better.LOWER, "Requests whose answer was no HTTP"),
    UNSENT("unsent", Unit.COUNT, Better.LOWER, "Iterations of an open loop that never began"),
    INTERRUPTED("interrupted", Unit.COUNT, Better.LOWER, "Iterations that were cut off at the end"),
    ACKNOWLEDGED("events.acknowledged", Unit.COUNT, Better.HIGHER, "Events whose append was acknowledged"),
    READ_BACK(
            "events.read_back",
            Unit.COUNT,
            Better.NEITHER,
            "Acknowledged events looked for after the load, those of the warm-up included"),
    LOST("events.lost", Unit.COUNT, Better.LOWER, "Acknowledged events that could not be read afterwards"),
    DUPLICATED("events.duplicated", Unit.COUNT, Better.LOWER, "Events that a stream had more than once"),
    FAULTS("faults", Unit.COUNT, Better.NEITHER, "Faults that were done (--faults)"),
    FAULTS_FAILED("faults.failed", Unit.COUNT, Better.LOWER, "Requests that failed from the first fault on"),
    OUTAGE("outage", Unit.SECONDS, Better.LOWER, "Longest time around a fault in which no user's request succeeded"),
    RECOVERY(
            "recovery",
            Unit.SECONDS,
            Better.LOWER,
            "Longest time from a fault's begin until the throughput was back at 95 %"),
    STORE_CPU(
            "store.cpu",
            Unit.COUNT,
            Better.LOWER,
            "Processors that the store and its database used on average, where the run has started them"),
    STORE_MEMORY("store.memory", Unit.BYTES, Better.LOWER, "The most memory that these used together"),
    USER_OUTAGE(
            Kind.DISTRIBUTION, "outage.users", "Longest time without a success around a fault, of each user and fault"),
    BLOCKED(Kind.DISTRIBUTION, "http_req_blocked", "From wanting to send a request until there is a connection"),
    CONNECTING(Kind.DISTRIBUTION, "http_req_connecting", "Making the connection; 0 where there was one"),
    SENDING(Kind.DISTRIBUTION, "http_req_sending", "Sending a request"),
    WAITING(Kind.DISTRIBUTION, "http_req_waiting", "From a request's last byte to its answer's first one"),
    RECEIVING(Kind.DISTRIBUTION, "http_req_receiving", "From an answer's first byte to its last one"),
    REQUEST_DURATION(Kind.DISTRIBUTION, "http_req_duration", "Sending, waiting and receiving of a request"),
    APPEND(Kind.DISTRIBUTION, "append.duration", "The same of appends alone"),
    READ_STREAM(Kind.DISTRIBUTION, "read_stream.duration", "The same of reading a stream whole"),
    READ_EVENT(Kind.DISTRIBUTION, "read_event.duration", "The same of reading one event"),
    ITERATION_DURATION(Kind.DISTRIBUTION, "iteration_duration", "An iteration, from its begin to its end"),
    LATENCY(
            Kind.DISTRIBUTION,
            "latency",
            "With a rate: from the instant at which an iteration was to begin to its end, waiting included");

    private final Definition definition;

    StreamsMetric(String thing, Unit unit, Better better, String help) {
        this(Kind.VALUE, thing, unit, better, help);
    }

    StreamsMetric(Kind kind, String thing, String help) {
        this(kind, thing, Unit.MILLISECONDS, Better.LOWER, help);
    }

    StreamsMetric(Kind kind, String thing, Unit unit, Better better, String help) {
        definition = new Definition("streams." + thing, kind, unit, better, help);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    /** Only runs with faults have outages, and only a store of the run's own can be looked at. */
    @Override
    public boolean isShownWithout() {
        return this != OUTAGE && this != RECOVERY && this != USER_OUTAGE && this != STORE_CPU && this != STORE_MEMORY;
    }
}
