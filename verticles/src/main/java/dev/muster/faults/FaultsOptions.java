package dev.muster.faults;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the role {@code faults}. What it is to do comes over the bus, from a run. */
public interface FaultsOptions {
    @Nullable @Option(
            names = "--faults-kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig of the cluster to do faults to (default: the files of KUBECONFIG, else"
                    + " ~/.kube/config, else the pod's own service account).")
    Path kubeconfig();

    @Nullable @Option(
            names = "--faults-context",
            paramLabel = "NAME",
            description = "The context of the kubeconfig (default: its current one).")
    String context();
}
