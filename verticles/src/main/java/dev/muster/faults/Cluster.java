package dev.muster.faults;

import dev.muster.kube.Access;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The cluster that faults are done to. Each call goes to a worker thread; safe to use from any thread. */
final class Cluster implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final Vertx vertx;
    private final KubernetesClient client;
    private final String namespace;

    /** Connecting blocks. */
    Cluster(Vertx vertx, Access access) {
        this.vertx = vertx;
        this.client = access.client();
        this.client.getConfiguration().setRequestTimeout(TIMEOUT_MILLIS);
        this.namespace = access.namespace().orElse("default");
    }

    /** One pod: another one of the same name is not it. */
    record PodId(String namespace, String name, String uid) {
        static PodId of(Pod pod) {
            var metadata = pod.getMetadata();
            return new PodId(metadata.getNamespace(), metadata.getName(), metadata.getUid());
        }
    }

    /** The pods with these labels, without those that end already. */
    Future<List<PodId>> pods(Optional<String> where, String selector) {
        return blocking(() ->
                client
                        .pods()
                        .inNamespace(where.orElse(namespace))
                        .withLabelSelector(selector)
                        .list()
                        .getItems()
                        .stream()
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .map(PodId::of)
                        .toList());
    }

    /**
     * Deletes a pod; one that is gone already is no failure.
     *
     * @param graceSeconds null for the pod's own
     */
    Future<Void> delete(PodId pod, @Nullable Long graceSeconds) {
        return blocking(() -> {
            var one = client.pods().inNamespace(pod.namespace()).withName(pod.name());
            if (graceSeconds == null) {
                one.delete();
            } else {
                one.withGracePeriod(graceSeconds).delete();
            }
            return null;
        });
    }

    /** Sets whether new pods may come to a node; completes with whether that was a change. */
    Future<Boolean> cordon(String name, boolean cordoned) {
        return blocking(() -> {
            if (isCordoned(node(name)) == cordoned) {
                return false;
            }
            client.nodes().withName(name).edit(node -> new NodeBuilder(node)
                    .editSpec()
                    .withUnschedulable(cordoned ? Boolean.TRUE : null)
                    .endSpec()
                    .build());
            return true;
        });
    }

    private static boolean isCordoned(Node node) {
        return Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    /** The pods of a node that an eviction moves: not those of DaemonSets, nor the node's own, nor those that have ended. */
    Future<List<PodId>> movable(String node) {
        return blocking(() -> client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems().stream()
                .filter(Cluster::isMovable)
                .map(PodId::of)
                .toList());
    }

    private static boolean isMovable(Pod pod) {
        var metadata = pod.getMetadata();
        boolean ofNode = metadata.getAnnotations() != null
                && metadata.getAnnotations().containsKey("kubernetes.io/config.mirror");
        boolean ofDaemonSet = metadata.getOwnerReferences().stream()
                .anyMatch(owner -> owner.getKind().equals("DaemonSet") && Boolean.TRUE.equals(owner.getController()));
        var phase = pod.getStatus().getPhase();
        return !ofNode && !ofDaemonSet && !"Succeeded".equals(phase) && !"Failed".equals(phase);
    }

    /** Evicts a pod; completes with whether its disruption budget lets it go now. */
    Future<Boolean> evict(PodId pod) {
        return blocking(() -> {
            try {
                return client.pods()
                        .inNamespace(pod.namespace())
                        .withName(pod.name())
                        .evict();
            } catch (KubernetesClientException e) {
                if (e.getCode() == NOT_FOUND) {
                    return true;
                }
                if (e.getCode() == TOO_MANY) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Whether a pod is there no more. */
    Future<Boolean> isGone(PodId pod) {
        return blocking(() -> {
            var there = client.pods()
                    .inNamespace(pod.namespace())
                    .withName(pod.name())
                    .get();
            return there == null || !there.getMetadata().getUid().equals(pod.uid());
        });
    }

    /** Whether the node is ready. */
    Future<Boolean> isReady(String name) {
        return blocking(() -> isReady(node(name)));
    }

    /** The nodes that are ready. */
    Future<List<String>> ready() {
        return blocking(() -> client.nodes().list().getItems().stream()
                .filter(Cluster::isReady)
                .map(node -> node.getMetadata().getName())
                .toList());
    }

    private Node node(String name) {
        var node = client.nodes().withName(name).get();
        if (node == null) {
            throw new IllegalStateException("there is no node " + name);
        }
        return node;
    }

    private static boolean isReady(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(each ->
                        each.getType().equals("Ready") && each.getStatus().equals("True"));
    }

    private <T> Future<T> blocking(Callable<T> call) {
        return vertx.executeBlocking(call, false);
    }

    @Override
    public void close() {
        client.close();
    }
}
