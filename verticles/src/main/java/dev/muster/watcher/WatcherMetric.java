package dev.muster.watcher;

import dev.muster.measure.Buckets;
import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** All that a watcher measures; what it counts is in {@link WatcherCounter}. */
enum WatcherMetric implements Metric {
    /** Between the clock that wrote the annotation and this one. */
    LAG("lag", "From the timestamp in a new or changed object until its event was read", Unit.NANOSECONDS),
    LIST_SERVICE("list.service", "How long a list of all objects took", Unit.NANOSECONDS),
    OBJECTS("objects", "Objects that exist, as far as the watcher knows", Unit.COUNT),
    CLOCK_OFFSET(
            "clock.offset", "How far the API server's clock is ahead of this process's, by its Date", Unit.NANOSECONDS),
    CLOCK_ERROR("clock.error", "How wrong that may be", Unit.NANOSECONDS);

    private final Definition definition;

    WatcherMetric(String thing, String help, Unit unit) {
        definition = new Definition("watcher." + thing, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    @Override
    public Buckets buckets() {
        return this == LAG ? Buckets.ONE_WAY : Metric.super.buckets();
    }
}
