package dev.muster.master;

import dev.muster.measure.Buckets;
import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the master measures beside its counters. */
enum MasterMetric implements Metric {
    REGISTER_LATENCY(
            "master.register.latency",
            "From a registration's arrival to its answer 200, the commit included",
            Unit.NANOSECONDS),
    BOOT_LATENCY(
            "master.boot.latency",
            "From a minion's boot to its registration's arrival, repeated registrations included; signed, as two clocks"
                    + " may take part",
            Unit.MICROSECONDS),
    BATCH_ROWS("master.batch.rows", "Registrations in one INSERT", Unit.COUNT),
    QUEUE("master.queue", "Registrations that wait for the database", Unit.COUNT),
    CONNECTIONS("master.connections", "TCP connections that the HTTP port holds", Unit.COUNT);

    private final Definition definition;

    MasterMetric(String id, String help, Unit unit) {
        definition = new Definition(id, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    @Override
    public Buckets buckets() {
        return this == BOOT_LATENCY ? Buckets.ONE_WAY : Metric.super.buckets();
    }
}
