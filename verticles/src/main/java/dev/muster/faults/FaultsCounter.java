package dev.muster.faults;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the role counts. */
enum FaultsCounter implements Metric {
    BEGUN("begun", "Faults that were begun"),
    OVER("over", "Faults that are over, what was to be undone included"),
    FAILED("failed", "Faults that could not be done, or not be undone");

    private final Definition definition;

    FaultsCounter(String thing, String help) {
        definition = new Definition("faults." + thing, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
