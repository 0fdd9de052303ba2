package dev.muster.launcher.run;

import dev.muster.launcher.catalogue.StressMetric;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When the cluster did what, in seconds since the load's begin, {@code down} since its end; empty for what was not seen.
 *
 * @param decision the autoscaler wanted more replicas
 * @param newPod more pods were ready
 * @param down there were as few replicas as before
 * @param newNode more nodes were ready
 */
record Reaction(Optional<Double> decision, Optional<Double> newPod, Optional<Double> down, Optional<Double> newNode) {
    /**
     * Reads it from what was seen, beat by beat.
     *
     * @param end of the load, in seconds since its begin
     */
    static Reaction of(List<LoadLog.Beat> beats, double end) {
        var seen = beats.stream().filter(beat -> beat.cluster() != null).toList();
        var begin = seen.stream()
                .flatMap(beat -> Optional.ofNullable(beat.cluster()).stream())
                .findFirst();
        if (begin.isEmpty()) {
            return new Reaction(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        var before = begin.get();
        return new Reaction(
                first(seen, 0, view -> view.wanted() > before.wanted()),
                first(seen, 0, view -> view.ready() > before.ready()),
                first(seen, end, view -> view.wanted() <= before.wanted() && view.replicas() <= before.replicas())
                        .map(time -> time - end),
                first(seen, 0, view -> view.hasMoreNodesThan(before)));
    }

    private static Optional<Double> first(List<LoadLog.Beat> beats, double from, Predicate<Autoscaler.View> happened) {
        return beats.stream()
                .filter(beat -> beat.seconds() >= from)
                .filter(beat -> beat.cluster() != null && happened.test(beat.cluster()))
                .map(LoadLog.Beat::seconds)
                .findFirst();
    }

    /**
     * Into a result.
     *
     * @param newPodsWorked when each new pod first burnt CPU
     */
    void into(Observations all, List<Double> newPodsWorked) {
        put(all, StressMetric.DECISION, decision);
        put(all, StressMetric.NEW_POD, newPod);
        put(all, StressMetric.NEW_POD_WORKS, newPodsWorked.stream().findFirst());
        put(all, StressMetric.ALL_PODS_WORK, newPodsWorked.stream().reduce((first, last) -> last));
        // Where the autoscaler never scaled up, there is no way down.
        put(all, StressMetric.DOWN, decision.flatMap(scaled -> down));
        put(all, StressMetric.NEW_NODE, newNode);
    }

    private static void put(Observations all, StressMetric metric, Optional<Double> seconds) {
        seconds.ifPresentOrElse(value -> all.value(metric, value), () -> all.absent(metric));
    }
}
