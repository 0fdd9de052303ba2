package dev.muster.launcher.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A program that makes clusters on this machine. Each is asked for one of the name {@value #NAME}. */
enum ClusterKind {
    KIND {
        @Override
        List<String> up(int nodes, Path configuration) {
            return List.of("kind", "create", "cluster", "--name", NAME, "--config", configuration.toString());
        }

        @Override
        String configuration(int nodes) {
            var workers = IntStream.range(1, nodes)
                    .mapToObj(node -> "\n  - role: worker")
                    .toList();
            return "kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n  - role: control-plane"
                    + String.join("", workers) + "\n";
        }

        @Override
        List<String> load(Path image) {
            return List.of("kind", "load", "image-archive", "--name", NAME, image.toString());
        }

        @Override
        List<String> down() {
            return List.of("kind", "delete", "cluster", "--name", NAME);
        }
    },
    MINIKUBE {
        @Override
        List<String> up(int nodes, Path configuration) {
            return List.of("minikube", "start", "--profile", NAME, "--nodes", String.valueOf(nodes));
        }

        @Override
        List<String> load(Path image) {
            return List.of("minikube", "--profile", NAME, "image", "load", image.toString());
        }

        @Override
        List<String> down() {
            return List.of("minikube", "delete", "--profile", NAME);
        }
    },
    K3D {
        @Override
        List<String> up(int nodes, Path configuration) {
            return List.of("k3d", "cluster", "create", NAME, "--agents", String.valueOf(nodes - 1));
        }

        @Override
        List<String> load(Path image) {
            return List.of("k3d", "image", "import", image.toString(), "--cluster", NAME);
        }

        @Override
        List<String> down() {
            return List.of("k3d", "cluster", "delete", NAME);
        }
    };

    /** What the cluster is called. */
    static final String NAME = "muster";

    /** The first that is installed. */
    static Optional<ClusterKind> installed(Map<String, String> environment) {
        return Stream.of(values())
                .filter(kind -> Arrays.stream(
                                environment.getOrDefault("PATH", "").split(":", -1))
                        .filter(folder -> !folder.isEmpty())
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, kind.program()))))
                .findFirst();
    }

    String program() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The command that makes the cluster.
     *
     * @param configuration a file with {@link #configuration(int)} in it
     */
    abstract List<String> up(int nodes, Path configuration);

    /** What the program reads from a file; empty for one that needs none. */
    String configuration(int nodes) {
        return "";
    }

    /** The command that loads an image on every node. */
    abstract List<String> load(Path image);

    /** The command that removes the cluster. */
    abstract List<String> down();
}
