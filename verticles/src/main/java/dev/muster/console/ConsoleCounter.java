package dev.muster.console;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the role counts. */
enum ConsoleCounter implements Metric {
    REQUESTS("requests", "Requests answered"),
    RUNS_STARTED("runs_started", "Runs that were asked for and have begun"),
    RUNS_REFUSED("runs_refused", "Runs that were asked for and have not begun"),
    VIEWERS_REFUSED("viewers_refused", "Streams of events that were refused because there were enough"),
    VIEWERS_DROPPED("viewers_dropped", "Streams of events that were ended because their reader did not keep up");

    private final Definition definition;

    ConsoleCounter(String thing, String help) {
        definition = new Definition("console." + thing, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
