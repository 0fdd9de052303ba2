package dev.muster.launcher.roles;

import dev.muster.launcher.command.Build;
import dev.muster.node.Identity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Says who a process is. */
final class Identities {
    private Identities() {}

    /**
     * A new incarnation of this process. In a pod the instance is the pod, so that a restarted container is the same one.
     *
     * @param environment {@code POD_NAME} of the downward API, and {@code HOSTNAME}
     */
    static Identity of(List<Role> roles, Map<String, String> environment) {
        var names = roles.stream().map(Role::word).toList();
        var pod = environment.getOrDefault("POD_NAME", "");
        var instance = pod.isEmpty()
                ? host(environment) + "-" + String.join("-", names) + "-"
                        + ProcessHandle.current().pid()
                : pod;
        return new Identity(instance, UUID.randomUUID().toString(), Build.ours().toString(), String.join(",", names));
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
