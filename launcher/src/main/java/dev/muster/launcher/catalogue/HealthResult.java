package dev.muster.launcher.catalogue;

import dev.muster.measure.HealthMetric;
import dev.muster.measure.Unit;

/** What every experiment tells of its own processes, from which the verdict is made. */
public enum HealthResult implements ResultMetric {
    CPU_SHARE(Kind.VALUE, HealthMetric.CPU_SHARE, Unit.RATIO, "Share of its processors that the busiest process used"),
    LATENESS(
            Kind.DISTRIBUTION,
            HealthMetric.LATENESS,
            Unit.MILLISECONDS,
            "How late the load generator was against its own schedule"),
    LOOP_DELAY(
            Kind.DISTRIBUTION,
            HealthMetric.LOOP_DELAY,
            Unit.MILLISECONDS,
            "How late event loops ran a timer, so how long they were busy"),
    GC_PAUSE(
            Kind.DISTRIBUTION,
            HealthMetric.GC_PAUSE,
            Unit.MILLISECONDS,
            "How long garbage collections stopped all threads");

    private final HealthMetric source;
    private final Definition definition;

    HealthResult(Kind kind, HealthMetric source, Unit unit, String help) {
        this.source = source;
        definition = new Definition(source.id(), kind, unit, Better.LOWER, help);
    }

    /** What the processes measure it as. */
    public HealthMetric source() {
        return source;
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
