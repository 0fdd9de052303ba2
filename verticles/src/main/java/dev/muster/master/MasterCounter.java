package dev.muster.master;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the master counts. */
enum MasterCounter implements Metric {
    REGISTERED("master.registered", "Registrations answered 200, after their commit"),
    REJECTED("master.rejected", "Registrations answered 400, for a wrong parameter or a row that the database refused"),
    UNAVAILABLE("master.unavailable", "Registrations answered 503, for a full queue or a database that is away"),
    FAILED("master.failed", "Registrations answered 500"),
    CONNECTIONS_REFUSED("master.connections_refused", "Connections closed at once because the limit was reached"),
    TASKS_GIVEN("master.tasks_given", "Tasks handed to a minion"),
    TASKS_REPORTED("master.tasks_reported", "Task reports answered 200, after their commit");

    private final Definition definition;

    MasterCounter(String id, String help) {
        definition = new Definition(id, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
