package dev.muster.blocks;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the server and the client of blocks count. */
enum BlocksCounter implements Metric {
    ACCEPTED("blocks.server.connections_accepted", Unit.COUNT, "Connections accepted, after their TLS handshake"),
    REFUSED("blocks.server.connections_refused", Unit.COUNT, "Connections closed because the limit was reached"),
    HANDSHAKES_FAILED(
            "blocks.server.connections_broken",
            Unit.COUNT,
            "Connections that failed in the TLS handshake or broke the protocol"),
    DOWNLOADS("blocks.server.downloads", Unit.COUNT, "Downloads begun"),
    UPLOADS("blocks.server.uploads", Unit.COUNT, "Uploads begun"),
    ABORTED("blocks.server.aborted", Unit.COUNT, "Requests whose client went away before their end"),
    EXPIRED("blocks.server.expired", Unit.COUNT, "Requests reset because they took longer than allowed"),
    SERVER_SENT("blocks.server.sent", Unit.BYTES, "Bytes of blocks that the server handed to its connections"),
    SERVER_RECEIVED("blocks.server.received", Unit.BYTES, "Bytes of blocks that the server received"),
    SERVER_BLOCKS("blocks.server.blocks_received", Unit.COUNT, "Blocks that the server received"),
    SERVER_MALFORMED(
            "blocks.server.blocks_malformed", Unit.COUNT, "Blocks received that did not begin with A and end with Z"),
    CONNECTED("blocks.client.connected", Unit.COUNT, "Connections that the client made"),
    CONNECTIONS_FAILED("blocks.client.connections_failed", Unit.COUNT, "Connections that the client could not make"),
    CONNECTIONS_LOST("blocks.client.connections_lost", Unit.COUNT, "Connections that ended while the client used them"),
    STARTED("blocks.client.requests", Unit.COUNT, "Requests that the client began"),
    COMPLETED("blocks.client.completed", Unit.COUNT, "Requests answered in full, with all their blocks"),
    FAILED("blocks.client.failed", Unit.COUNT, "Requests refused, broken off or answered with the wrong bytes"),
    CUT("blocks.client.cut", Unit.COUNT, "Requests that the client cut off because its time was over"),
    DROPPED("blocks.client.dropped", Unit.COUNT, "Requests of the open loop never sent because too many waited"),
    CLIENT_SENT("blocks.client.sent", Unit.BYTES, "Bytes of blocks that the client handed to its connections"),
    CLIENT_RECEIVED("blocks.client.received", Unit.BYTES, "Bytes of blocks that the client received"),
    CLIENT_BLOCKS("blocks.client.blocks_received", Unit.COUNT, "Blocks that the client received"),
    CLIENT_MALFORMED(
            "blocks.client.blocks_malformed", Unit.COUNT, "Blocks received that did not begin with A and end with Z");

    private final Definition definition;

    BlocksCounter(String id, Unit unit, String help) {
        definition = new Definition(id, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
