package dev.muster.launcher.kubernetes;

import dev.muster.kube.Permission;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code kubectl apply -k k8s/NAME} deploys of each experiment, as far as a run needs it. */
public enum Kustomization {
    BOOT("minion", List.of("master")),
    /** The broker is a pod of its own. */
    CONNECTIONS("engine", List.of()),
    API("driver", List.of("watcher", "informer")),
    STRESS("stress", List.of()),
    BLOCKS("blocks-client", List.of("blocks")),
    STREAMS("streams", List.of("store"));

    /** Every process tells this one what it measures. */
    public static final String COLLECTOR = "collector";

    private final String load;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> others;

    Kustomization(String load, List<String> others) {
        this.load = load;
        this.others = others;
    }

    /** The one of an experiment. */
    public static Optional<Kustomization> of(String experiment) {
        return Arrays.stream(values())
                .filter(each -> each.experiment().equals(experiment))
                .findFirst();
    }

    /** The experiment's name, and the folder's. */
    public String experiment() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The Deployment whose pods are the load, and which a run scales. */
    public String load() {
        return load;
    }

    /** All Deployments that have to be there. */
    public List<String> deployments() {
        return Stream.concat(Stream.of(COLLECTOR, load), others.stream()).toList();
    }

    /** For a user: the command that deploys it. */
    public String command() {
        return "kubectl apply -k k8s/" + experiment();
    }

    /** What a run has to be allowed to do. */
    public static List<Permission> permissions(String namespace) {
        return List.of(
                new Permission("get", "apps", "deployments", namespace),
                new Permission("update", "apps", "deployments", namespace),
                new Permission("get", "apps", "deployments/scale", namespace),
                new Permission("update", "apps", "deployments/scale", namespace),
                new Permission("list", "", "pods", namespace),
                new Permission("watch", "", "pods", namespace),
                new Permission("list", "", "events", namespace),
                new Permission("watch", "", "events", namespace),
                new Permission("get", "", "pods/portforward", namespace),
                new Permission("create", "", "pods/portforward", namespace));
    }
}
