package dev.muster.informer;

import dev.muster.kube.Resource;
import dev.muster.measure.Metric;
import dev.muster.node.Telemetry;
import java.util.Map;

/** What the kit that Muster replaces calls the metrics of its loggers; of other resources their name stands in it. */
final class OriginalNames {
    private static final Map<Metric, String> NAMES = Map.of(
            InformerMetric.CREATE_DEQUEUE_LAG, "create_latency_seconds",
            InformerMetric.UPDATE_DEQUEUE_LAG, "update_latency_seconds",
            InformerCounter.UPDATES_DEQUEUED, "updates",
            InformerCounter.COALESCED, "stranges",
            InformerCounter.SAME, "duplicates",
            InformerMetric.RESOURCE_VERSION, "resourceVersion");

    private OriginalNames() {}

    /** @param instance the value of the label {@code logger} */
    static void add(Telemetry telemetry, Resource resource, String instance) {
        NAMES.forEach((metric, name) ->
                telemetry.alias(metric, "scaletest_" + resource.plural() + "_" + name, "logger", instance));
    }
}
