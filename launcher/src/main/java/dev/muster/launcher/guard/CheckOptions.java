package dev.muster.launcher.guard;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code check} and {@code cleanup}: which cluster. */
interface CheckOptions {
    @Nullable @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig (default: the files of KUBECONFIG, else ~/.kube/config, else the pod's own"
                    + " service account).")
    Path kubeconfig();

    @Nullable @Option(
            names = "--kube-context",
            paramLabel = "NAME",
            description = "The context of the kubeconfig (default: its current one).")
    String context();

    @Option(
            names = "--namespace",
            defaultValue = "scaletest",
            paramLabel = "NAME",
            description = "Where the objects of runs are (default: ${DEFAULT-VALUE}).")
    String namespace();
}
