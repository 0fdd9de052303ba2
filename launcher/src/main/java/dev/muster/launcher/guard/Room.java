package dev.muster.launcher.guard;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Set;

/** What a cluster's nodes have room for, and whether somebody measures them. Asking blocks. */
final class Room {
    private static final int FORBIDDEN = 403;
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private Room() {}

    /** In two lines, for a user. What we may not see is said to be unknown: no load of the API needs it. */
    static List<String> facts(KubernetesClient client) {
        return List.of("nodes    " + nodes(client), "metrics  " + metrics(client));
    }

    private static String nodes(KubernetesClient client) {
        try {
            var nodes = client.nodes().list().getItems();
            var ready = nodes.stream().filter(Room::isReady).toList();
            return nodes.size() + ", " + ready.size() + " ready, " + pods(client, ready);
        } catch (KubernetesClientException e) {
            return unlessForbidden(e, "unknown: not allowed to list nodes");
        }
    }

    private static boolean isReady(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(each ->
                        each.getType().equals("Ready") && each.getStatus().equals("True"));
    }

    /** By number alone: what they ask for of CPU and memory may let fewer in. */
    private static String pods(KubernetesClient client, List<Node> ready) {
        try {
            long most = ready.stream()
                    .map(node -> node.getStatus().getAllocatable().getOrDefault("pods", new Quantity("0")))
                    .mapToLong(pods -> pods.getNumericalAmount().longValue())
                    .sum();
            long there = client.pods().inAnyNamespace().list().getItems().stream()
                    .filter(pod ->
                            !ENDED.contains(String.valueOf(pod.getStatus().getPhase())))
                    .count();
            return "room for " + Math.max(0, most - there) + " pods beside " + there;
        } catch (KubernetesClientException e) {
            return unlessForbidden(e, "room for pods unknown: not allowed to list them");
        }
    }

    private static String metrics(KubernetesClient client) {
        try {
            return client.getApiGroup("metrics.k8s.io") == null
                    ? "none: without metrics-server neither kubectl top nor an autoscaler works"
                    : "of pods and nodes";
        } catch (KubernetesClientException e) {
            return unlessForbidden(e, "unknown: not allowed to ask");
        }
    }

    private static String unlessForbidden(KubernetesClientException e, String otherwise) {
        if (e.getCode() == FORBIDDEN) {
            return otherwise;
        }
        throw e;
    }
}
