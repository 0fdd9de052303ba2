package dev.muster.bus;

import java.util.List;
import java.util.Map;

/**
 * The faults of a run (admin): the role {@code faults} does each at its time, counted from when it takes this, and
 * publishes {@link FaultNews} of it. A process takes one plan.
 */
public record FaultPlan(Credential credential, List<Fault> faults) implements Message {
    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /**
     * One fault.
     *
     * @param number from 1, by which {@link FaultNews} names it
     * @param atMillis when, after the plan was taken
     * @param kind as the role {@code faults} documents it: {@code stop-process}
     * @param settings what the kind needs, likewise
     */
    public record Fault(int number, long atMillis, String kind, Map<String, String> settings) {
        public Fault {
            settings = Map.copyOf(settings);
        }
    }
}
