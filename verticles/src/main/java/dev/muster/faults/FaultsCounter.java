package dev.muster.faults;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the role counts. */
enum FaultsCounter implements Metric {
    BEGUN("begun", "Faults that were begun"),
    OVER("over", "Faults that are over, what was to be undone included"),
    FAILED("failed", "Faults that could not be done, or not be undone");

    private final String id;
    private final String help;

    FaultsCounter(String thing, String help) {
        this.id = "faults." + thing;
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
