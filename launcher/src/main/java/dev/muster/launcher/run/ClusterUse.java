package dev.muster.launcher.run;

import dev.muster.bus.Stats;
import dev.muster.launcher.catalogue.ClusterResult;
import java.util.HashMap;
import java.util.Map;

/** What pods and nodes used, among the numbers of a run. */
final class ClusterUse {
    private ClusterUse() {}

    /** That nothing was measured of them. */
    static void none(Observations all) {
        into(all, Map.of());
    }

    /** Takes in what was seen, by the names of the result. */
    static void into(Observations all, Map<String, Double> seen) {
        for (var metric : ClusterResult.values()) {
            var value = seen.get(metric.id());
            if (value == null) {
                all.absent(metric);
            } else {
                all.value(metric, value);
            }
        }
    }

    /** What the collector says, and what was seen last beside it: so it comes into the timeline. */
    static Stats beside(Stats stats, Map<String, Double> seen) {
        var gauges = new HashMap<>(stats.gauges());
        gauges.putAll(seen);
        return new Stats(
                stats.epochMillis(),
                stats.instances(),
                stats.counters(),
                gauges,
                stats.distributions(),
                stats.encoded(),
                stats.timeline(),
                stats.gaps());
    }
}
