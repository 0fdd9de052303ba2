package dev.muster.engine;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** All that the engines measure; what they count is in {@link EngineCounter}. */
enum EngineMetric implements Metric {
    HANDSHAKE(
            "handshake.latency",
            "From the instant at which an engine was to connect until the broker has registered it, of tries that succeeded",
            Unit.NANOSECONDS),
    ROUND_TRIP(
            "heartbeat.round_trip",
            "From sending a heartbeat until its acknowledgement is read, in v2",
            Unit.MICROSECONDS),
    INTENDED("intended", "Engines that the process is to have", Unit.COUNT),
    LIVE("live", "Engines that are registered now", Unit.COUNT),
    IN_FLIGHT("heartbeats.in_flight", "Heartbeats sent and neither acknowledged nor lost, in v2", Unit.COUNT),
    WORK_WAITING("work.waiting", "Orders to burn CPU that are not done yet", Unit.COUNT),
    WORK_CPU("work.cpu", "Processor time that was burnt for orders", Unit.SECONDS);

    private final Definition definition;

    EngineMetric(String thing, String help, Unit unit) {
        definition = new Definition("engine." + thing, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
