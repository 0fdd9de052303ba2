package dev.muster.kube;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which API server, and as whom: the options of every role that talks with one. */
public interface KubeOptions {
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

    @Nullable @Option(
            names = "--kube-server",
            paramLabel = "URL",
            description = "Another server than the kubeconfig's, as https://host:port: straight to an aggregated API"
                    + " server.")
    String server();

    @Option(names = "--kube-insecure", description = "Takes any certificate of the server.")
    boolean insecure();
}
