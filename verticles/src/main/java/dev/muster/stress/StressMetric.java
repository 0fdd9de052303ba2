package dev.muster.stress;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the role shows beside its counters. */
enum StressMetric implements Metric {
    JOBS("jobs", "Jobs that run now"),
    LOAD("load", "Cores that jobs and runs ask for now"),
    CORES("cores", "Cores of the pod's CPU limit, or of the machine where that is less");

    private final Definition definition;

    StressMetric(String thing, String help) {
        definition = new Definition("stress." + thing, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
