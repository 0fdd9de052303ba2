package dev.muster.launcher.run;

import dev.muster.bus.Stats;
import java.util.Optional;

/** The processes that a load runs on, wherever they are. */
public interface Stage {
    /** How the run talks with them. */
    Bus bus();

    /** Whether one that it can't do without has ended by itself. */
    boolean hasLost();

    /** Those with the role that does the run's faults; empty where the run has none. */
    Optional<Processes> faults();

    /** What a process is called in the collector's books. */
    String instance(String name);

    /** What the collector says, and beside it what only the place where they run can tell. */
    default Stats stats() {
        return bus().stats();
    }

    /** Takes the place's own metrics in: that there are none, where nothing tells them. */
    default void into(Observations all) {
        ClusterUse.none(all);
    }
}
