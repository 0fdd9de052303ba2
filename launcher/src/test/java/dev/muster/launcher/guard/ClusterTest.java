package dev.muster.launcher.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kube.Access;
import dev.muster.kube.KubeOptions;
import dev.muster.testing.ApiServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Against a real kube-apiserver. */
class ClusterTest {
    @TempDir
    private Path folder;

    @Test
    void shouldLeadToTheClusterThatWasSeenWhateverTheKubeconfigSaysMeanwhile() throws Exception {
        var server = ApiServer.shared();
        var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), twoContexts(server.url(), server.token()));
        var chosen = new Cluster.Chosen(kubeconfig, null, null, true);

        var seen = Cluster.look(chosen, Map.of(), "scaletest");
        var meanwhile = Files.readString(kubeconfig)
                .replace("current-context: mine", "current-context: production")
                .replace(server.url(), "https://192.0.2.2:6443");
        Files.writeString(kubeconfig, meanwhile);

        assertThat(seen.facts().get(0)).contains(server.url()).contains("context mine");
        var access = Access.load(options(seen.way()), Map.of());
        assertThat(access.server()).hasToString(server.url() + "/");
        assertThat(access.context()).contains("mine");
        assertThat(seen.way()).contains("--kube-insecure=true");
    }

    private static String twoContexts(String url, String token) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: mine, cluster: {server: "%s"}}
                - {name: production, cluster: {server: "https://192.0.2.1:6443"}}
                users: [{name: me, user: {token: "%s"}}]
                contexts:
                - {name: mine, context: {cluster: mine, user: me}}
                - {name: production, context: {cluster: production, user: me}}
                current-context: mine
                """.formatted(url, token);
    }

    private static KubeOptions options(List<String> arguments) {
        var line = new CommandLine(KubeOptions.class);
        line.parseArgs(arguments.toArray(String[]::new));
        return line.getCommand();
    }
}
