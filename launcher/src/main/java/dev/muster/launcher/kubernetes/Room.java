package dev.muster.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is free on the nodes of a cluster: allocatable, less what the pods that are there have asked for.
 *
 * @param nodes that take pods without a toleration
 * @param closed nodes that don't: not ready, cordoned or tainted
 */
public record Room(List<Node> nodes, int closed) {
    private static final double MEBIBYTE = 1 << 20;

    /**
     * One node.
     *
     * @param pods that may still come
     */
    public record Node(String name, double cores, double bytes, int pods) {
        int fits(Demand demand) {
            return Math.min(Math.max(0, pods), Math.min(times(cores, demand.cores()), times(bytes, demand.bytes())));
        }

        private static int times(double room, double each) {
            return each <= 0 ? Integer.MAX_VALUE : (int) Math.max(0, Math.floor(room / each + 1e-9));
        }

        /** For a user. */
        public String text() {
            return String.format(
                    Locale.ROOT, "%s: %.2f cores, %.0fMi and %d pods free", name, cores, bytes / MEBIBYTE, pods);
        }
    }

    /** As it is now. Needed are {@code list} on {@code nodes}, and on {@code pods} of all namespaces. */
    public static Room of(KubeApi api) throws IOException {
        var used = new HashMap<String, Used>();
        for (var pod : api.get("/api/v1/pods").path("items")) {
            var phase = pod.path("status").path("phase").asText();
            if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
                used.computeIfAbsent(pod.path("spec").path("nodeName").asText(), node -> new Used())
                        .add(Demand.of(pod.path("spec")));
            }
        }
        return of(api.get("/api/v1/nodes").path("items"), used);
    }

    private static Room of(JsonNode items, Map<String, Used> used) {
        var nodes = new ArrayList<Node>();
        int closed = 0;
        for (var node : items) {
            if (isOpen(node)) {
                var name = node.path("metadata").path("name").asText();
                nodes.add(free(name, node.path("status").path("allocatable"), used.getOrDefault(name, new Used())));
            } else {
                closed++;
            }
        }
        return new Room(List.copyOf(nodes), closed);
    }

    private static Node free(String name, JsonNode allocatable, Used used) {
        return new Node(
                name,
                Demand.number(allocatable.path("cpu")) - used.cores,
                Demand.number(allocatable.path("memory")) - used.bytes,
                (int) Demand.number(allocatable.path("pods")) - used.pods);
    }

    private static boolean isOpen(JsonNode node) {
        if (node.path("spec").path("unschedulable").asBoolean()) {
            return false;
        }
        for (var taint : node.path("spec").path("taints")) {
            if (!taint.path("effect").asText().equals("PreferNoSchedule")) {
                return false;
            }
        }
        for (var condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    /** How many pods of this demand still fit, by what they ask for. */
    public long fits(Demand demand) {
        return nodes.stream().mapToLong(node -> node.fits(demand)).sum();
    }

    private static final class Used {
        private double cores;
        private double bytes;
        private int pods;

        void add(Demand demand) {
            cores += demand.cores();
            bytes += demand.bytes();
            pods++;
        }
    }
}
