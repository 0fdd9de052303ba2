package dev.muster.minion;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** All that the minions count. */
enum MinionCounter implements Metric {
    STARTED("started", "Minions that have begun"),
    ACKNOWLEDGED("acknowledged", "Minions whose registration the master has acknowledged"),
    REJECTED("rejected", "Minions whose registration the master will never take"),
    RETRIED("register.retried", "Registrations sent again after a failure"),
    REFUSED("register.refused", "Registrations that failed because no connection could be made"),
    TIMED_OUT("register.timed_out", "Registrations that failed because the answer took too long"),
    DISCONNECTED("register.disconnected", "Registrations that failed because the connection broke"),
    UNAVAILABLE("register.unavailable", "Registrations that the master answered 503, try again later"),
    UNEXPECTED("register.unexpected", "Registrations that were answered neither 200 nor 400 nor 503"),
    POLLED("polled", "Questions for a task that were answered"),
    POLL_FAILED("poll.failed", "Questions for a task that were not answered"),
    TASKS_FETCHED("tasks.fetched", "Tasks that the master has given"),
    TASKS_MALFORMED("tasks.malformed", "Tasks that could not be understood"),
    TASKS_DONE("tasks.done", "Tasks that were done"),
    TASKS_FAILED("tasks.failed", "Tasks that failed or took too long"),
    TASKS_REPORTED("tasks.reported", "Reports on a task that the master has acknowledged"),
    REPORTS_RETRIED("reports.retried", "Reports on a task that were sent again after a failure"),
    REPORTS_REJECTED("reports.rejected", "Reports on a task that the master will never take");

    private final Definition definition;

    MinionCounter(String thing, String help) {
        definition = new Definition("minion." + thing, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
