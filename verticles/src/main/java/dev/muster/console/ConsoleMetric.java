package dev.muster.console;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the role shows beside its counters. */
enum ConsoleMetric implements Metric {
    VIEWERS;

    @Override
    public Definition definition() {
        return new Definition("console.viewers", "Streams of events that are open", Unit.COUNT);
    }
}
