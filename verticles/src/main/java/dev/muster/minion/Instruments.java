package dev.muster.minion;

import dev.muster.measure.Counters;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Recorder;
import dev.muster.node.Telemetry;

/** What the minions of one event loop count and measure. Only that event loop writes, with one exception. */
final class Instruments {
    final Counters<MinionCounter> counters;
    final Recorder latency;
    final Recorder service;
    final Recorder tries;
    /** The pacer's thread writes this one. */
    final Recorder lateness;

    Instruments(Telemetry telemetry, int intended) {
        counters = telemetry.counters(MinionCounter.class);
        latency = telemetry.recorder(MinionMetric.LATENCY);
        service = telemetry.recorder(MinionMetric.SERVICE);
        tries = telemetry.recorder(MinionMetric.TRIES);
        lateness = telemetry.recorder(HealthMetric.LATENESS);
        telemetry.gauge(MinionMetric.INTENDED, () -> intended);
        telemetry.gauge(MinionMetric.TRYING, this::trying);
    }

    void count(MinionCounter counter) {
        counters.increment(counter);
    }

    /** What has begun and not ended. Read in this order, so that a minion that moves on meanwhile is not counted below 0. */
    double trying() {
        long ended = counters.get(MinionCounter.ACKNOWLEDGED) + counters.get(MinionCounter.REJECTED);
        return counters.get(MinionCounter.STARTED) - ended;
    }
}
