package dev.muster.launcher.image;

import java.nio.file.Path;
import java.util.List;

/** Loads an image into a cluster that has no registry. */
final class Loader {
    private Loader() {}

    static void load(ImageOptions.Cluster cluster, Path tar) {
        var file = tar.toAbsolutePath().toString();
        var command =
                switch (cluster) {
                    case KIND -> List.of("kind", "load", "image-archive", file);
                    case MINIKUBE -> List.of("minikube", "image", "load", file);
                    case CONTAINERD -> List.of("ctr", "-n", "k8s.io", "images", "import", file);
                };
        Tool.run(Path.of("/"), command);
    }
}
