package dev.muster.launcher.catalogue;

import dev.muster.measure.Unit;

/** What the experiment {@code boot} measures. */
public enum BootMetric implements ResultMetric {
    MINIONS("minions", Unit.COUNT, Better.NEITHER, "Minions asked for"),
    REGISTERED("registered", Unit.COUNT, Better.HIGHER, "Minions in the table in the end"),
    REJECTED("rejected", Unit.COUNT, Better.LOWER, "Minions that the master refused for good"),
    UNSENT("unsent", Unit.COUNT, Better.LOWER, "Minions that never began"),
    LOST("lost", Unit.COUNT, Better.LOWER, "Minions that began and were neither registered nor rejected in time"),
    REREGISTERED("reregistered", Unit.COUNT, Better.LOWER, "Registrations beyond each minion's first"),
    RETRIED("retried", Unit.COUNT, Better.LOWER, "Registrations sent again after a failure"),
    DURATION("duration", Unit.SECONDS, Better.LOWER, "From the first minion's boot to the last one's registration"),
    OVERALL("overall", Unit.SECONDS, Better.LOWER, "From the first registration to the last"),
    RATE("rate", Unit.PER_SECOND, Better.HIGHER, "Registrations after the first, over boot.overall"),
    REGISTER_LATENCY(
            Kind.DISTRIBUTION,
            "register.latency",
            Unit.MILLISECONDS,
            Better.LOWER,
            "From the instant at which a minion was to begin until it was told that its registration is stored,"
                    + " waiting and retries included"),
    REGISTER_SERVICE(
            Kind.DISTRIBUTION,
            "register.service",
            Unit.MILLISECONDS,
            Better.LOWER,
            "The acknowledged registration request alone"),
    /** Of virtual minions: no container is started, so that it is no pod's start-up and no objective speaks of it. */
    LATENCY(
            Kind.DISTRIBUTION,
            "latency",
            Unit.MILLISECONDS,
            Better.LOWER,
            "From a minion's boot to the arrival of its registration at the master"),
    TRIES(Kind.DISTRIBUTION, "tries", Unit.COUNT, Better.LOWER, "Requests that an acknowledged minion needed");

    private final Definition definition;

    BootMetric(String thing, Unit unit, Better better, String help) {
        this(Kind.VALUE, thing, unit, better, help);
    }

    BootMetric(Kind kind, String thing, Unit unit, Better better, String help) {
        definition = new Definition("boot." + thing, kind, unit, better, help);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
