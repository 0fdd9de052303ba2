package dev.muster.launcher.image;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code image}. */
public interface ImageOptions {
    /** The option of the archive to write. */
    String TAR = "--tar";

    /** The option of the registry to push to. */
    String REGISTRY = "--registry";

    /** The option of the cluster to load into. */
    String LOAD = "--load";

    /** The option of the runtime for 64-bit ARM. */
    String JDK_ARM64 = "--jdk-arm64";

    @Nullable @Option(
            names = TAR,
            paramLabel = "FILE",
            description = "Writes the image to this file, as 'ctr images import', 'kind load image-archive' and 'docker"
                    + " load' take it: one platform, that of this machine, or of --jdk-arm64 when that is given.")
    Path tar();

    @Nullable @Option(
            names = REGISTRY,
            paramLabel = "REGISTRY",
            description = "Pushes the image as REGISTRY/muster, tagged with version and commit, and writes that name to"
                    + " k8s/image. Credentials are those of 'docker login'. With --jdk-arm64 both platforms' images, tagged"
                    + " with -amd64 and -arm64 at the end, and under that name the index that joins them.")
    String registry();

    @Nullable @Option(
            names = LOAD,
            paramLabel = "CLUSTER",
            description =
                    "Loads the image into a cluster without a registry: kind, minikube, or containerd, which is the"
                            + " one of this machine (CONTAINERD_ADDRESS).")
    Cluster load();

    @Nullable @Option(
            names = JDK_ARM64,
            paramLabel = "DIR",
            description =
                    "A JDK for linux/arm64, of the version of this machine's JDK and with its jmods. The C library"
                            + " for it comes from /usr/aarch64-linux-gnu (Debian: apt-get install libc6-arm64-cross).")
    Path jdkArm64();

    /** What an image can be loaded into. */
    enum Cluster {
        KIND,
        MINIKUBE,
        CONTAINERD
    }
}
