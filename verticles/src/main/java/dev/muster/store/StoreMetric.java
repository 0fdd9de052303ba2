package dev.muster.store;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the store measures beside its counters. */
enum StoreMetric implements Metric {
    APPEND_LATENCY(
            "store.append.latency",
            "From an append's whole body to its answer 201, the commit included",
            Unit.NANOSECONDS),
    READ_LATENCY("store.read.latency", "From a read's arrival to its answer 200", Unit.NANOSECONDS),
    BATCH_ROWS("store.batch.rows", "Events in one INSERT", Unit.COUNT),
    QUEUE("store.queue", "Events that wait for the database", Unit.COUNT),
    CONNECTIONS("store.connections", "TCP connections that the HTTP port holds", Unit.COUNT);

    private final Definition definition;

    StoreMetric(String id, String help, Unit unit) {
        definition = new Definition(id, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
