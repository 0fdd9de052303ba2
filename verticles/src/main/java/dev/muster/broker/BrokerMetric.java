package dev.muster.broker;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the broker measures beside its counters. */
enum BrokerMetric implements Metric {
    HANDSHAKE("broker.handshake", "From a connection's acceptance to its engine's registration", Unit.NANOSECONDS),
    LATENESS(
            "broker.heartbeat.lateness",
            "Arrival of a heartbeat minus when it was expected: its engine's earliest so far, and whole periods",
            Unit.NANOSECONDS),
    ENGINE_LATENESS(
            "broker.heartbeat.engine_lateness",
            "How much later than it meant to an engine sent a heartbeat, as it tells (v2)",
            Unit.MICROSECONDS),
    DELIVERED_CPU("broker.delivered_cpu", "CPU that an engine burnt for one command, as it tells", Unit.MILLISECONDS),
    CONNECTIONS("broker.connections", "TCP connections held", Unit.COUNT),
    ENGINES("broker.engines", "Engines that are registered", Unit.COUNT);

    private final Definition definition;

    BrokerMetric(String id, String help, Unit unit) {
        definition = new Definition(id, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
