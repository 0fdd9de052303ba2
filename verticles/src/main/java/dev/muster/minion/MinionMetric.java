package dev.muster.minion;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** All that the minions measure; what they count is in {@link MinionCounter}. */
enum MinionMetric implements Metric {
    LATENCY(
            "register.latency",
            "From the instant at which a minion was to begin until the master has acknowledged it, waiting and retries included",
            Unit.NANOSECONDS),
    SERVICE("register.service", "The acknowledged registration request alone", Unit.NANOSECONDS),
    TRIES("tries", "Requests that an acknowledged minion has needed", Unit.COUNT),
    INTENDED("intended", "Minions that are to begin in all", Unit.COUNT),
    TRYING("trying", "Minions that have begun and are neither acknowledged nor rejected", Unit.COUNT);

    private final Definition definition;

    MinionMetric(String thing, String help, Unit unit) {
        definition = new Definition("minion." + thing, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
