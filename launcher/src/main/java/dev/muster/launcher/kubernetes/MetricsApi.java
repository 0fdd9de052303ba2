package dev.muster.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.launcher.kubernetes.Usage.Use;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The metrics server, {@code metrics.k8s.io}, where there is one: averages over its last 15 s. */
final class MetricsApi implements UsageSource {
    private static final String GROUP = "/apis/metrics.k8s.io/v1beta1";

    private final KubeApi api;
    private final String namespace;

    MetricsApi(KubeApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    @Override
    public Optional<Usage> look() throws IOException {
        var pods = new HashMap<String, Use>();
        for (var pod : api.get(GROUP + "/namespaces/" + namespace + "/pods").path("items")) {
            double cores = 0;
            double bytes = 0;
            for (var container : pod.path("containers")) {
                cores += Demand.number(container.path("usage").path("cpu"));
                bytes += Demand.number(container.path("usage").path("memory"));
            }
            pods.put(name(pod), new Use(OptionalDouble.of(cores), bytes));
        }
        return Optional.of(new Usage(pods, nodes()));
    }

    private Map<String, Use> nodes() throws IOException {
        var nodes = new HashMap<String, Use>();
        for (var node : api.get(GROUP + "/nodes").path("items")) {
            var usage = node.path("usage");
            nodes.put(
                    name(node),
                    new Use(OptionalDouble.of(Demand.number(usage.path("cpu"))), Demand.number(usage.path("memory"))));
        }
        return nodes;
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }
}
