package dev.muster.stress;

import dev.muster.measure.ControlGroup;
import dev.muster.measure.Counters;
import dev.muster.node.Telemetry;
import org.jspecify.annotations.Nullable;

/** Keeps the role's counters up to what the burners and the kernel say. Owned by one event loop. */
final class Books {
    private static final double NANOS = 1e9;

    private final Counters<StressCounter> counters;
    private final ControlGroup.@Nullable Cpu first;

    /**
     * @param first what the kernel said at the start: only what comes later is counted
     */
    Books(Telemetry telemetry, ControlGroup.@Nullable Cpu first) {
        this.counters = telemetry.counters(StressCounter.class);
        this.first = first;
    }

    void count(StressCounter counter) {
        counters.increment(counter);
    }

    void used(Used used) {
        raise(StressCounter.REQUESTED, used.requestedNanos());
        raise(StressCounter.DELIVERED, used.deliveredNanos());
    }

    void group(ControlGroup.@Nullable Cpu now) {
        if (first != null && now != null) {
            raise(StressCounter.PERIODS, now.periods() - first.periods());
            raise(StressCounter.THROTTLED_PERIODS, now.throttledPeriods() - first.throttledPeriods());
            raise(StressCounter.THROTTLED, (long) ((now.throttledSeconds() - first.throttledSeconds()) * NANOS));
        }
    }

    /** A counter never falls. */
    private void raise(StressCounter counter, long to) {
        counters.add(counter, Math.max(0, to - counters.get(counter)));
    }
}
