package dev.muster.launcher.guard;

import dev.muster.kube.KubeOptions;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.kubernetes.ClusterApi;
import dev.muster.launcher.kubernetes.Kustomization;
import dev.muster.launcher.kubernetes.Room;
import dev.muster.launcher.kubernetes.Workload;
import dev.muster.launcher.kubernetes.Workloads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the roles of an experiment are deployed in a cluster, and how many pods of its load would fit. */
final class DeployedCheck {
    private static final Duration REQUEST = Duration.ofSeconds(20);

    private final Kustomization kustomization;
    private final String namespace;
    private final List<String> facts = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    DeployedCheck(Kustomization kustomization, String namespace) {
        this.kustomization = kustomization;
        this.namespace = namespace;
    }

    /**
     * Looks, and changes nothing; blocks.
     *
     * @throws StartException when the cluster can't be asked
     */
    Cluster look(KubeOptions options, Map<String, String> environment) {
        var cluster = Cluster.look(options, environment, Kustomization.permissions(namespace));
        try (var api = ClusterApi.connect(options, environment, "--on=kubernetes", REQUEST)) {
            look(api);
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        return cluster.and(facts, missing);
    }

    private void look(ClusterApi api) throws IOException {
        var workloads = new Workloads(api, namespace);
        for (var name : kustomization.deployments()) {
            var found = workloads.find(name);
            if (found.isEmpty()) {
                missing.add("deployment/" + name + " in namespace " + namespace + ": " + kustomization.command());
            } else if (name.equals(kustomization.load())) {
                room(api, found.get());
            } else if (found.get().ready() == 0) {
                missing.add("a ready pod of deployment/" + name + ": see kubectl -n " + namespace + " describe pods");
            }
        }
    }

    private void room(ClusterApi api, Workload load) throws IOException {
        var room = Room.of(api);
        room.nodes().forEach(node -> facts.add("room     " + node.text()));
        if (room.closed() > 0) {
            facts.add("room     " + room.closed() + " nodes take no pods: not ready, cordoned or tainted");
        }
        facts.add("fits     " + room.fits(load.demand()) + " pods of deployment/" + load.name() + " beside the "
                + load.there() + " that are there, each with " + load.demand());
    }
}
