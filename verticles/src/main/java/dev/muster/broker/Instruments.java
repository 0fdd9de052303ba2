package dev.muster.broker;

import dev.muster.measure.Counters;
import dev.muster.measure.Recorder;
import dev.muster.node.Telemetry;
import java.time.Duration;

/** What one event loop counts and measures. */
final class Instruments {
    final Counters<BrokerCounter> counters;
    private final Recorder handshake;
    private final Recorder lateness;
    private final Recorder engineLateness;
    private final Recorder deliveredCpu;
    private final long period;

    Instruments(Telemetry telemetry, Duration period) {
        this.counters = telemetry.counters(BrokerCounter.class);
        this.handshake = telemetry.recorder(BrokerMetric.HANDSHAKE);
        this.lateness = telemetry.recorder(BrokerMetric.LATENESS);
        this.engineLateness = telemetry.recorder(BrokerMetric.ENGINE_LATENESS);
        this.deliveredCpu = telemetry.recorder(BrokerMetric.DELIVERED_CPU);
        this.period = period.toNanos();
    }

    void handshake(long nanos) {
        handshake.record(nanos);
    }

    void delivered(long cpuMillis) {
        deliveredCpu.record(cpuMillis);
    }

    /**
     * A heartbeat has come. Its schedule is the earliest that its engine has shown: one that comes before it is expected
     * moves the schedule, and after whole periods without any the schedule begins anew.
     */
    void heartbeat(Block block, int i, long now, long engineLate) {
        counters.increment(BrokerCounter.HEARTBEATS);
        if (engineLate >= 0) {
            engineLateness.record(engineLate);
        }
        long due = block.expected(i);
        long late = due == 0 ? 0 : now - due;
        block.expected(i, (late < 0 || late >= period || due == 0 ? now : due) + period);
        if (due == 0) {
            return;
        }
        lateness.record(Math.max(0, late));
        if (late > period / 10) {
            counters.increment(BrokerCounter.LATE);
        }
        if (late >= period) {
            counters.add(BrokerCounter.MISSED, late / period);
        }
    }

    /** The engine's connection has ended, or is another one by now: what was due until now and did not come is missed. */
    void ended(Block block, int i, long now) {
        ended(block.endExpected(i), now);
    }

    /**
     * The same of an engine that has no place here any more.
     *
     * @param due when its next heartbeat was due; 0 when none was
     */
    void ended(long due, long now) {
        if (due != 0 && now - due >= period) {
            counters.add(BrokerCounter.MISSED, (now - due) / period);
        }
    }
}
