package dev.muster.blocks;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the server and the client of blocks measure beside their counters. */
enum BlocksMetric implements Metric {
    CONNECTIONS("blocks.server.connections", "Connections that the server holds", Unit.COUNT),
    STREAMS("blocks.server.streams", "Requests that the server answers now", Unit.COUNT),
    SERVER_SEND_LATENESS(
            "blocks.server.send.lateness",
            "How long after its time the server handed a paced block to its connection",
            Unit.NANOSECONDS),
    SERVER_ARRIVAL_LATENESS(
            "blocks.server.arrival.lateness",
            "How late a paced block came to the server, against a schedule that begins with the first one's arrival",
            Unit.NANOSECONDS),
    CLIENT_SEND_LATENESS(
            "blocks.client.send.lateness",
            "How long after its time the client handed a paced block to its connection",
            Unit.NANOSECONDS),
    CLIENT_ARRIVAL_LATENESS(
            "blocks.client.arrival.lateness",
            "How late a paced block came to the client, against a schedule that begins with the first one's arrival",
            Unit.NANOSECONDS),
    FIRST_BYTE(
            "blocks.client.first_byte",
            "From the instant at which a request was to begin to the first byte of its answer's body",
            Unit.NANOSECONDS),
    TOTAL(
            "blocks.client.total",
            "From the instant at which a request was to begin to the end of its answer",
            Unit.NANOSECONDS),
    SERVICE("blocks.client.service", "From the sending of a request to the end of its answer", Unit.NANOSECONDS);

    private final Definition definition;

    BlocksMetric(String id, String help, Unit unit) {
        definition = new Definition(id, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
