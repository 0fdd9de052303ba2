package dev.muster.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A pod as it is now.
 *
 * @param node empty before it is scheduled
 * @param phase as Kubernetes calls it: {@code Running}
 * @param restarts of its containers
 * @param ending whether it was told to end
 */
public record PodState(
        String name, String uid, String node, String phase, boolean ready, int restarts, boolean ending) {
    static PodState of(JsonNode pod) {
        var status = pod.path("status");
        int restarts = 0;
        for (var container : status.path("containerStatuses")) {
            restarts += container.path("restartCount").asInt();
        }
        return new PodState(
                pod.path("metadata").path("name").asText(),
                pod.path("metadata").path("uid").asText(),
                pod.path("spec").path("nodeName").asText(),
                status.path("phase").asText(),
                isReady(status),
                restarts,
                !pod.path("metadata").path("deletionTimestamp").isMissingNode());
    }

    private static boolean isReady(JsonNode status) {
        for (var condition : status.path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    /** Whether its containers run. */
    public boolean isRunning() {
        return phase.equals("Running") && !ending;
    }
}
