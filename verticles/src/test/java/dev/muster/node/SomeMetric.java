package dev.muster.node;

import dev.muster.measure.Buckets;
import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** The metrics of a role that only the tests know. */
enum SomeMetric implements Metric {
    DONE("some.done", "Things done", Unit.COUNT),
    SENT("some.sent", "Bytes sent", Unit.BYTES),
    LATENCY("some.latency", "How long a thing took", Unit.MICROSECONDS),
    ONE_WAY("some.one.way", "How late a thing was heard of", Unit.NANOSECONDS),
    QUEUE("some.queue", "Things that wait", Unit.COUNT);

    private final Definition definition;

    SomeMetric(String id, String help, Unit unit) {
        definition = new Definition(id, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    @Override
    public Buckets buckets() {
        return this == ONE_WAY ? Buckets.ONE_WAY : Metric.super.buckets();
    }
}
