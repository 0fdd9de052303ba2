package dev.muster.launcher.faults;

import dev.muster.faults.FaultKind;
import dev.muster.kube.Access;
import dev.muster.kube.KubeOptions;
import dev.muster.kube.Permission;
import dev.muster.launcher.faults.PlannedFaults.Planned;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a cluster lets the faults be done. Blocks. */
public final class Rights {
    private static final int TIMEOUT_MILLIS = 10_000;

    private Rights() {}

    private record Chosen(
            @Nullable Path kubeconfig, @Nullable String context) implements KubeOptions {
        @Override
        public @Nullable String server() {
            return null;
        }

        @Override
        public boolean insecure() {
            return false;
        }
    }

    /** What stands in the way of faults on a cluster, one line each that says what to add; empty when nothing does. */
    public static List<String> problems(PlannedFaults planned, Map<String, String> environment) {
        var onCluster = planned.faults().stream()
                .filter(each -> each.kind().onCluster())
                .toList();
        if (onCluster.isEmpty()) {
            return List.of();
        }
        try {
            var access = Access.load(new Chosen(planned.kubeconfig(), planned.context()), environment);
            try (var client = access.client()) {
                client.getConfiguration().setRequestTimeout(TIMEOUT_MILLIS);
                client.getConfiguration().setRequestRetryBackoffLimit(0);
                return problems(
                        planned.file(), onCluster, client, access.namespace().orElse("default"));
            }
        } catch (IOException | KubernetesClientException e) {
            return List.of("--faults: " + planned.file() + " has faults on a cluster, and its API can't be asked: "
                    + e.getMessage());
        }
    }

    private static List<String> problems(
            String file, List<Planned> onCluster, KubernetesClient client, String namespace) {
        var denied = onCluster.stream()
                .flatMap(each -> each.kind().needed(each.fault().settings(), namespace).stream())
                .distinct()
                .filter(permission -> !isAllowed(client, permission))
                .toList();
        if (!denied.isEmpty()) {
            return List.of("--faults: " + Permission.missing(denied));
        }
        var problems = new ArrayList<String>();
        for (var each : onCluster) {
            if (each.kind() != FaultKind.DELETE_PODS
                    && !each.target().equals(FaultKind.ANY)
                    && client.nodes().withName(each.target()).get() == null) {
                problems.add(file + ":" + each.line() + ": there is no node " + each.target());
            }
        }
        return problems.stream().distinct().toList();
    }

    private static boolean isAllowed(KubernetesClient client, Permission permission) {
        var parts = permission.resource().split("/", 2);
        var review = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb(permission.verb())
                        .withGroup(permission.group())
                        .withResource(parts[0])
                        .withSubresource(parts.length > 1 ? parts[1] : null)
                        .withNamespace(permission.namespace())
                        .endResourceAttributes()
                        .endSpec()
                        .build());
        return Boolean.TRUE.equals(review.getStatus().getAllowed());
    }
}
