package dev.muster.streams;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the users measure, by the names that k6 gives the same things; what they count is in {@link StreamsCounter}. */
enum StreamsMetric implements Metric {
    BLOCKED("http_req_blocked", "From wanting to send a request until there is a connection", Unit.NANOSECONDS),
    CONNECTING("http_req_connecting", "Making the connection, TLS included; 0 where there was one", Unit.NANOSECONDS),
    SENDING("http_req_sending", "Sending a request", Unit.NANOSECONDS),
    WAITING("http_req_waiting", "From a request's last byte to its answer's first one", Unit.NANOSECONDS),
    RECEIVING("http_req_receiving", "From an answer's first byte to its last one", Unit.NANOSECONDS),
    DURATION("http_req_duration", "Sending, waiting and receiving, of every request that was sent", Unit.NANOSECONDS),
    APPEND("append.duration", "The same of appends alone", Unit.NANOSECONDS),
    READ_STREAM("read_stream.duration", "The same of reading a stream whole", Unit.NANOSECONDS),
    READ_EVENT("read_event.duration", "The same of reading one event", Unit.NANOSECONDS),
    ITERATION("iteration_duration", "An iteration, from its begin to its end", Unit.NANOSECONDS),
    LATENCY(
            "latency",
            "With a rate: from the instant at which an iteration was to begin to its end, waiting included",
            Unit.NANOSECONDS),
    USER_OUTAGE("outage.users", "Longest time without a success around a fault, of each user", Unit.NANOSECONDS),
    USERS("vus", "Users with an iteration under way", Unit.COUNT);

    private final Definition definition;

    StreamsMetric(String thing, String help, Unit unit) {
        definition = new Definition("streams." + thing, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
