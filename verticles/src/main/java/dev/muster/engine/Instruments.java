package dev.muster.engine;

import dev.muster.engine.EngineOptions.Protocol;
import dev.muster.measure.Counters;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Recorder;
import dev.muster.node.Telemetry;

/** What the engines of one event loop count and measure. Only that event loop writes. */
final class Instruments {
    final Counters<EngineCounter> counters;
    final Recorder handshake;
    final Recorder roundTrip;
    /** How late the engines themselves are: their heartbeats and tries, against when they were to happen. */
    final Recorder lateness;

    Instruments(Telemetry telemetry, int intended, Protocol protocol) {
        counters = telemetry.counters(EngineCounter.class);
        handshake = telemetry.recorder(EngineMetric.HANDSHAKE);
        roundTrip = telemetry.recorder(EngineMetric.ROUND_TRIP);
        lateness = telemetry.recorder(HealthMetric.LATENESS);
        telemetry.gauge(EngineMetric.INTENDED, () -> intended);
        telemetry.gauge(EngineMetric.LIVE, this::live);
        telemetry.gauge(EngineMetric.IN_FLIGHT, () -> protocol == Protocol.V2 ? inFlight() : 0);
    }

    void count(EngineCounter counter) {
        counters.increment(counter);
    }

    /** Ends are read first, so that what moves on meanwhile is not counted below 0. */
    double live() {
        long gone = counters.get(EngineCounter.LOST) + counters.get(EngineCounter.LEFT);
        return counters.get(EngineCounter.REGISTERED) - gone;
    }

    private double inFlight() {
        long settled = counters.get(EngineCounter.ACKNOWLEDGED) + counters.get(EngineCounter.HEARTBEATS_LOST);
        return counters.get(EngineCounter.SENT) - settled;
    }
}
