package dev.muster.driver;

import dev.muster.kube.KubeOptions;
import dev.muster.kube.LocalServer;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;

/** Options as a command line gives them. */
final class Options {
    private Options() {}

    static DriverOptions driver(String... arguments) {
        return of(DriverOptions.class, arguments);
    }

    static KubeOptions kube(LocalServer server) {
        return kube(server.kubeconfig());
    }

    static KubeOptions kube(Path kubeconfig) {
        return of(KubeOptions.class, "--kubeconfig=" + kubeconfig);
    }

    /** The same user, straight to another server. */
    static KubeOptions kube(LocalServer server, String url) {
        return of(KubeOptions.class, "--kubeconfig=" + server.kubeconfig(), "--kube-server=" + url, "--kube-insecure");
    }

    private static <T> T of(Class<T> type, String... arguments) {
        var line = new CommandLine(type)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Duration.class, text -> Duration.parse("PT" + text));
        line.parseArgs(arguments);
        return type.cast(line.getCommand());
    }
}
