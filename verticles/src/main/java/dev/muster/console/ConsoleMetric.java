package dev.muster.console;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the role shows beside its counters. */
enum ConsoleMetric implements Metric {
    VIEWERS;

    @Override
    public String id() {
        return "console.viewers";
    }

    @Override
    public String help() {
        return "Streams of events that are open";
    }

    @Override
    public Unit unit() {
        return Unit.COUNT;
    }
}
