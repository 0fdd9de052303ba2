package dev.muster.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The Deployments of a namespace and their pods. Blocks. */
public final class Workloads {
    /** The management port of every process of Muster in a pod. */
    private static final int MANAGEMENT = 9_090;

    private static final int MOST_TRIES = 5;

    private final ClusterApi api;
    private final String namespace;

    public Workloads(ClusterApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** A Deployment; empty when there is none of this name. */
    public Optional<Workload> find(String name) throws IOException {
        return api.find(path(name)).map(Workload::of);
    }

    /** The same, of one that must be there. */
    public Workload get(String name) throws IOException {
        return Workload.of(api.get(path(name)));
    }

    /** Lets a Deployment have so many pods. */
    public void scale(String name, int replicas) throws IOException {
        change(path(name) + "/scale", scale -> ((ObjectNode) scale.path("spec")).put("replicas", replicas));
    }

    /** Starts the next pods of a Deployment with these arguments of its first container. */
    public void setArguments(String name, List<String> arguments) throws IOException {
        change(path(name), deployment -> {
            var container = (ObjectNode) deployment
                    .path("spec")
                    .path("template")
                    .path("spec")
                    .path("containers")
                    .path(0);
            var list = container.putArray("args");
            arguments.forEach(list::add);
        });
    }

    /** Others write to the same objects: the status above all. */
    private void change(String path, Consumer<JsonNode> change) throws IOException {
        for (int tries = 1; ; tries++) {
            var object = api.get(path);
            change.accept(object);
            try {
                api.put(path, object);
                return;
            } catch (ClusterApi.Conflict changed) {
                if (tries == MOST_TRIES) {
                    throw changed;
                }
            }
        }
    }

    /** The pods of a Deployment. */
    public List<PodState> pods(Workload of) throws IOException {
        return pods("?labelSelector=" + URLEncoder.encode(of.selector(), StandardCharsets.UTF_8));
    }

    /** All pods of the namespace. */
    public List<PodState> pods() throws IOException {
        return pods("");
    }

    private List<PodState> pods(String query) throws IOException {
        var pods = new ArrayList<PodState>();
        for (var pod :
                api.get("/api/v1/namespaces/" + namespace + "/pods" + query).path("items")) {
            pods.add(PodState.of(pod));
        }
        return pods;
    }

    /** A way to the management port of a ready pod of a Deployment; the caller closes it. */
    public Tunnel management(String name) throws IOException {
        var pod = pods(get(name)).stream()
                .filter(each -> each.ready() && !each.ending())
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "no pod of deployment/" + name + " is ready: see kubectl -n " + namespace + " describe pods"));
        return api.tunnel(namespace, pod.name(), MANAGEMENT);
    }

    private String path(String deployment) {
        return "/apis/apps/v1/namespaces/" + namespace + "/deployments/" + deployment;
    }
}
