package dev.muster.launcher.run;

import dev.muster.bus.FaultImpacts;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an experiment does between the start of its processes and their end, and what it learns from that.
 * {@link Run#measure} calls it, in the order of these methods and on the run's thread; {@link #named},
 * {@link #seen} and {@link #soFar} at any time between and on another thread.
 */
public interface Load {
    /** What the result calls a metric of the collector: what the experiment reports as its own carries its name. */
    default String named(String metric) {
        return metric;
    }

    /** Begins the load. */
    void begin();

    /** How long to watch it at most. */
    Duration limit();

    /**
     * Whether all has happened that is to happen.
     *
     * @param counts since before the load, without distributions
     */
    boolean isComplete(RunHealth counts);

    /**
     * How far it is, in a line.
     *
     * @param counts since before the load, without distributions
     * @param recorded the same with distributions, up to a second older
     * @param time since the beginning
     */
    String progress(RunHealth counts, RunHealth recorded, Duration time);

    /**
     * What the load itself sees at this moment and no process tells, by name: it comes into the timeline beside the
     * processes' own gauges.
     */
    default Map<String, Double> seen() {
        return Map.of();
    }

    /** What the faults of the run did to the users, after {@link #found}; empty where the experiment does not measure it. */
    default List<FaultImpacts.Impact> impacts() {
        return List.of();
    }

    /** Ends the load: from here on the books stand still, for nothing begins, and all that has begun is counted. */
    void end();

    /**
     * The findings when the run ends here and now, of what the collector knows.
     *
     * @param start when the load began
     */
    Findings soFar(Instant start, RunHealth recorded);

    /**
     * The findings.
     *
     * @param start when the load began
     * @param observed all that came from before the load to its end
     * @throws IOException when a file of the result can't be written
     */
    Findings found(Instant start, RunHealth observed) throws IOException;
}
