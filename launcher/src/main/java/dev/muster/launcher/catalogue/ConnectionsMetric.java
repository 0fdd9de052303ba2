package dev.muster.launcher.catalogue;

import dev.muster.measure.Unit;

/** What the experiment {@code connections} measures. */
public enum ConnectionsMetric implements ResultMetric {
    ENGINES("engines", Unit.COUNT, Better.NEITHER, "Engines asked for"),
    HELD("held", Unit.COUNT, Better.HIGHER, "Connections of registered engines that were held in the end"),
    LOST("lost", Unit.COUNT, Better.LOWER, "Connections of registered engines that broke"),
    RESUMED("resumed", Unit.COUNT, Better.LOWER, "Engines that came back and got their place again"),
    FAILED("failed", Unit.COUNT, Better.LOWER, "Tries to connect that ended without a registration"),
    DURATION("duration", Unit.SECONDS, Better.NEITHER, "From the first connection's begin to the end of the load"),
    MEMORY(
            "memory.heap",
            Unit.BYTES,
            Better.LOWER,
            "Java heap for each held connection in the broker's process, garbage collected"),
    SENT("heartbeats.sent", Unit.COUNT, Better.NEITHER, "Heartbeats that engines sent"),
    RECEIVED("heartbeats.received", Unit.COUNT, Better.NEITHER, "Heartbeats that the broker took"),
    ON_TIME("heartbeats.on_time", Unit.COUNT, Better.HIGHER, "Heartbeats received that were not late"),
    LATE("heartbeats.late", Unit.COUNT, Better.LOWER, "Heartbeats received later than a tenth of the period"),
    MISSED("heartbeats.missed", Unit.COUNT, Better.LOWER, "Whole periods in which a due heartbeat did not come"),
    HEARTBEATS_LOST("heartbeats.lost", Unit.COUNT, Better.LOWER, "Heartbeats sent that are known not to have arrived"),
    OUT_OF_SEQUENCE(
            "heartbeats.out_of_sequence",
            Unit.COUNT,
            Better.LOWER,
            "Heartbeats refused because numbers before them were missing"),
    DUPLICATED(
            "heartbeats.duplicated",
            Unit.COUNT,
            Better.LOWER,
            "Heartbeats refused because their number was not above the last"),
    UNACCOUNTED(
            "heartbeats.unaccounted",
            Unit.COUNT,
            Better.LOWER,
            "Heartbeats sent less those received and those lost: 0 when the books are balanced"),
    HANDSHAKE_LATENCY(
            Kind.DISTRIBUTION,
            "handshake.latency",
            Unit.MILLISECONDS,
            Better.LOWER,
            "From the instant at which an engine was to connect until its registration was confirmed"),
    ROUND_TRIP(
            Kind.DISTRIBUTION,
            "heartbeat.round_trip",
            Unit.MILLISECONDS,
            Better.LOWER,
            "From sending a heartbeat until its acknowledgement was read"),
    LATENESS(
            Kind.DISTRIBUTION,
            "heartbeat.lateness",
            Unit.MILLISECONDS,
            Better.LOWER,
            "Arrival of a heartbeat at the broker after it was expected"),
    ENGINE_LATENESS(
            Kind.DISTRIBUTION,
            "heartbeat.engine_lateness",
            Unit.MILLISECONDS,
            Better.LOWER,
            "The part of it that engines told to be their own");

    private final Definition definition;

    ConnectionsMetric(String thing, Unit unit, Better better, String help) {
        this(Kind.VALUE, thing, unit, better, help);
    }

    ConnectionsMetric(Kind kind, String thing, Unit unit, Better better, String help) {
        definition = new Definition("connections." + thing, kind, unit, better, help);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
