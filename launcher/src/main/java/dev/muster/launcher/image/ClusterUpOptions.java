package dev.muster.launcher.image;

import picocli.CommandLine.Option;

/** The options of {@code cluster}. */
public interface ClusterUpOptions {
    @Option(
            names = "--nodes",
            defaultValue = "2",
            paramLabel = "N",
            description = "Nodes of the cluster, 1 to 20, the control plane's among them (default: ${DEFAULT-VALUE}).")
    int nodes();
}
