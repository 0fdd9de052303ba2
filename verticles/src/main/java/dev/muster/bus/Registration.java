package dev.muster.bus;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One minion reports that it runs.
 *
 * @param run the run it belongs to, empty when it named none
 * @param minionId unique within the run: the same id again is a re-registration, not another minion
 * @param bootMicros when the minion began, in epoch microseconds
 * @param receivedMicros when the master took the request off the socket, in epoch microseconds
 * @param tries which attempt of the minion's this is, from 1
 * @param pod the pod's name, when the minion knows it
 * @param podUid the pod's UID
 * @param node the node's name
 * @param namespace the pod's namespace
 * @param labels what the runs are compared by
 */
public record Registration(
        String run,
        String minionId,
        long bootMicros,
        long receivedMicros,
        int tries,
        @Nullable String pod,
        @Nullable String podUid,
        @Nullable String node,
        @Nullable String namespace,
        Map<String, String> labels) {
    public Registration {
        labels = Map.copyOf(labels);
    }
}
