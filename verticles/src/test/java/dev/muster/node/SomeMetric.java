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

    private final String id;
    private final String help;
    private final Unit unit;

    SomeMetric(String id, String help, Unit unit) {
        this.id = id;
        this.help = help;
        this.unit = unit;
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
        return unit;
    }

    @Override
    public Buckets buckets() {
        return this == ONE_WAY ? Buckets.ONE_WAY : Metric.super.buckets();
    }
}
