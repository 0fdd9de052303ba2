package dev.muster.stress;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the role shows beside its counters. */
enum StressMetric implements Metric {
    JOBS("jobs", "Jobs that run now"),
    LOAD("load", "Cores that jobs and runs ask for now"),
    CORES("cores", "Cores of the pod's CPU limit, or of the machine where that is less");

    private final String id;
    private final String help;

    StressMetric(String thing, String help) {
        this.id = "stress." + thing;
        this.help = help;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Unit unit() {
        return Unit.COUNT;
    }
}
