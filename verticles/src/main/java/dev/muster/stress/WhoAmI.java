package dev.muster.stress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who answers.
 *
 * @param host its host's name, which is the pod's in a pod
 * @param pod its pod: {@code POD_NAME} of the downward API, else the host's name
 * @param node {@code NODE_NAME}; null when the pod was not told
 * @param namespace {@code POD_NAMESPACE}; null when the pod was not told
 */
record WhoAmI(
        String host,
        String pod,
        @Nullable String node,
        @Nullable String namespace) {
    /** Looks up the host's name, so it is not for an event loop. */
    static WhoAmI of(Map<String, String> environment) {
        var host = host(environment);
        return new WhoAmI(
                host,
                environment.getOrDefault("POD_NAME", host),
                environment.get("NODE_NAME"),
                environment.get("POD_NAMESPACE"));
    }

    private static String host(Map<String, String> environment) {
        var name = environment.getOrDefault("HOSTNAME", "");
        if (!name.isEmpty()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException noName) {
            return "localhost"; // a machine without a name in its own hosts file
        }
    }
}
