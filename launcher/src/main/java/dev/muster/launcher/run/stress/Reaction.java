package dev.muster.launcher.run.stress;

import dev.muster.launcher.catalogue.StressMetric;
import dev.muster.launcher.run.Observations;
import dev.muster.launcher.run.stress.Autoscaler.View;
import dev.muster.launcher.run.stress.LoadLog.Sight;
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
    /** Of a load without an autoscaler. */
    static final Reaction NONE = new Reaction(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Reads it from what was seen.
     *
     * @param before the load's begin
     * @param end of the load, in seconds since its begin
     */
    static Reaction of(View before, List<Sight> sights, double end) {
        return new Reaction(
                first(sights, 0, view -> view.wanted() > before.wanted()),
                first(sights, 0, view -> view.ready() > before.ready()),
                first(sights, end, view -> view.wanted() <= before.wanted() && view.replicas() <= before.replicas())
                        .map(time -> time - end),
                first(sights, 0, view -> view.hasMoreNodesThan(before)));
    }

    private static Optional<Double> first(List<Sight> sights, double from, Predicate<View> happened) {
        return sights.stream()
                .filter(sight -> sight.seconds() >= from && happened.test(sight.view()))
                .map(Sight::seconds)
                .findFirst();
    }

    /**
     * Into a result.
     *
     * @param newPodsWorked when each new pod first burnt CPU
     */
    void into(Observations all, List<Double> newPodsWorked) {
        all.value(StressMetric.DECISION, decision)
                .value(StressMetric.NEW_POD, newPod)
                .value(StressMetric.NEW_POD_WORKS, newPodsWorked.stream().findFirst())
                .value(StressMetric.ALL_PODS_WORK, newPodsWorked.stream().reduce((first, last) -> last))
                // Where the autoscaler never scaled up, there is no way down.
                .value(StressMetric.DOWN, decision.flatMap(scaled -> down))
                .value(StressMetric.NEW_NODE, newNode);
    }
}
