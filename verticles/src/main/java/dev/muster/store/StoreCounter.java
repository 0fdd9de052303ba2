package dev.muster.store;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the store counts. */
enum StoreCounter implements Metric {
    APPENDS("store.appends", "Appends answered 201, after their commit; repeated ones included"),
    EVENTS("store.events", "Events in appends answered 201"),
    REFUSED("store.refused", "Appends answered 4xx: for what they are, or for a wrong expected version"),
    UNAVAILABLE("store.unavailable", "Appends answered 503: not committed, or nobody knows"),
    FAILED("store.failed", "Appends answered 500"),
    READS("store.reads", "Reads answered 200 or 304"),
    CONFLICTS(
            "store.conflicts",
            "Writes judged again: somebody else had written to the stream, or the same events, meanwhile"),
    CONNECTIONS_REFUSED("store.connections_refused", "Connections closed at once because the limit was reached");

    private final Definition definition;

    StoreCounter(String id, String help) {
        definition = new Definition(id, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
