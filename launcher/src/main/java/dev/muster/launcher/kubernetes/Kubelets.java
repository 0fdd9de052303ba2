package dev.muster.launcher.kubernetes;

import dev.muster.launcher.kubernetes.Usage.Use;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The kubelets' own word, {@code /metrics/resource} through the API server's proxy. CPU time is cumulative there, so that
 * it takes two looks; each sample carries the time at which the kubelet took it. Needed is {@code get} on {@code
 * nodes/proxy}.
 */
final class Kubelets implements UsageSource {
    private static final double MILLIS = 1e3;

    private final ClusterApi api;
    private final String namespace;
    private Map<String, ResourcePage.Sample> before = Map.of();
    private Map<String, Double> cores = new HashMap<>();

    Kubelets(ClusterApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    @Override
    public Optional<Usage> look() throws IOException {
        var cpu = new HashMap<String, ResourcePage.Sample>();
        var pods = new HashMap<String, Double>();
        var nodes = new HashMap<String, Double>();
        for (var node : nodes()) {
            var page = ResourcePage.read(api.text("/api/v1/nodes/" + node + "/proxy/metrics/resource"), namespace);
            page.podCpu().forEach((pod, sample) -> cpu.put("pod/" + pod, sample));
            page.nodeCpu().ifPresent(sample -> cpu.put("node/" + node, sample));
            pods.putAll(page.podMemory());
            page.nodeMemory().ifPresent(bytes -> nodes.put(node, bytes));
        }
        boolean first = before.isEmpty();
        cores = rates(cpu);
        before = cpu;
        return first ? Optional.empty() : Optional.of(new Usage(uses("pod/", pods), uses("node/", nodes)));
    }

    /** A kubelet looks every 10 s or so: between two of its looks the last rate stays. */
    private Map<String, Double> rates(Map<String, ResourcePage.Sample> now) {
        var rates = new HashMap<String, Double>();
        now.forEach((name, sample) -> {
            var earlier = before.get(name);
            if (earlier == null) {
                return;
            }
            double seconds = (sample.epochMillis() - earlier.epochMillis()) / MILLIS;
            if (seconds > 0 && sample.value() >= earlier.value()) {
                rates.put(name, (sample.value() - earlier.value()) / seconds);
            } else {
                Optional.ofNullable(cores.get(name)).ifPresent(last -> rates.put(name, last));
            }
        });
        return rates;
    }

    private Map<String, Use> uses(String kind, Map<String, Double> memory) {
        var uses = new HashMap<String, Use>();
        memory.forEach((name, bytes) -> uses.put(name, new Use(rate(kind + name), bytes)));
        return uses;
    }

    private OptionalDouble rate(String name) {
        var rate = cores.get(name);
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    private List<String> nodes() throws IOException {
        var names = new ArrayList<String>();
        for (var node : api.get("/api/v1/nodes").path("items")) {
            names.add(node.path("metadata").path("name").asText());
        }
        return names;
    }
}
