package dev.muster.stress;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the role counts. */
enum StressCounter implements Metric {
    REQUESTED("cpu.requested", "CPU time that all jobs and runs asked for", Unit.NANOSECONDS),
    DELIVERED("cpu.delivered", "CPU time that the kernel has counted for the burning threads", Unit.NANOSECONDS),
    THROTTLED("throttled", "How long the control group was throttled, added up over processors", Unit.NANOSECONDS),
    THROTTLED_PERIODS(
            "throttled_periods", "Periods in which the control group was throttled because its quota was used up"),
    PERIODS("periods", "Periods in which the control group wanted to run under its limit"),
    JOBS_STARTED("jobs_started", "Jobs started"),
    JOBS_REFUSED("jobs_refused", "Jobs refused because there were enough, or no memory for them"),
    REQUESTS("requests", "Requests answered");

    private final Definition definition;

    StressCounter(String thing, String help) {
        this(thing, help, Unit.COUNT);
    }

    StressCounter(String thing, String help, Unit unit) {
        definition = new Definition("stress." + thing, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
