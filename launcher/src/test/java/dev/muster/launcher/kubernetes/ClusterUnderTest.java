package dev.muster.launcher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.LauncherProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Brings the jar under test into the cluster, and away again. */
final class ClusterUnderTest {
    /** A command that takes an image's file and loads it on every node; without it, kind or minikube does. */
    private static final String LOADER = "MUSTER_CLUSTER_LOAD";

    /** How long a state of the cluster is waited for: machines may be busy. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    /** The kustomization of everything. */
    static final String ALL = Kubectl.MANIFESTS.resolve("all").toString();

    /** Its Deployments whose pods begin at once. */
    static final List<String> DEPLOYED =
            List.of("master", "collector", "watcher", "informer", "blocks", "stress", "store");

    static final List<String> NAMESPACES = List.of("muster", "scaletest", "muster-preload");

    private ClusterUnderTest() {}

    /** Builds the image, looks at its size, and loads it. */
    static void load(Path folder) throws Exception {
        var tar = folder.resolve("muster.tar");
        var loader = System.getenv().getOrDefault(LOADER, "");
        try (var image = LauncherProcess.start("image", "--tar=" + tar)) {
            assertThat(image.awaitExit(Duration.ofMinutes(5)))
                    .as(() -> String.join("\n", image.errors()))
                    .isZero();
        }
        assertThat(Files.size(tar)).as("bytes of the compressed image").isLessThan(80_000_000);
        var loaded = Kubectl.run(command(loader, tar));
        assertThat(loaded.code()).as(loaded.output()).isZero();
    }

    /** Fails when somebody uses Muster in this cluster: tests end with the deletion of these namespaces. */
    static void needUnused() {
        for (var name : NAMESPACES) {
            assertThat(Kubectl.run("get", "namespace", name).output())
                    .as("Muster is in this cluster already: take another one, or kubectl delete namespace " + name)
                    .contains("NotFound");
        }
    }

    /** Applies everything, and waits until it is ready. */
    static void deploy() {
        Kubectl.ok("apply", "-k", ALL);
        Kubectl.muster("wait", "--for=condition=Complete", "--timeout=240s", "job/secrets");
        Kubectl.muster("rollout", "status", "--timeout=240s", "statefulset/mariadb");
        DEPLOYED.forEach(name -> Pods.of(name).awaitReady());
        Kubectl.muster("wait", "--for=condition=Ready", "--timeout=240s", "pod/broker");
    }

    static void remove() {
        Kubectl.run("delete", "--ignore-not-found", "--wait", "--timeout=240s", "-k", ALL);
    }

    private static List<String> command(String loader, Path tar) {
        if (!loader.isEmpty()) {
            var command = new ArrayList<>(List.of(loader.split(" ", -1)));
            command.add(tar.toString());
            return command;
        }
        var context = Kubectl.ok("config", "current-context").strip();
        return context.startsWith("kind-")
                ? List.of(
                        "kind", "load", "image-archive", "--name", context.substring("kind-".length()), tar.toString())
                : List.of("minikube", "image", "load", tar.toString());
    }
}
