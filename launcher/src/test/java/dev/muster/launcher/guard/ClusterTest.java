package dev.muster.launcher.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kube.Access;
import dev.muster.kube.KubeOptions;
import dev.muster.kube.LocalServer;
import dev.muster.testing.ApiServer;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
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

        var seen = Cluster.look(chosen, Map.of(), "scaletest", true);
        var meanwhile = Files.readString(kubeconfig)
                .replace("current-context: mine", "current-context: production")
                .replace(server.url(), "https://192.0.2.2:6443");
        Files.writeString(kubeconfig, meanwhile);

        assertThat(seen.facts().get(0)).contains(server.url()).contains("context mine");
        var access = Access.load(options(seen.way()), Map.of());
        assertThat(access.server().toString()).startsWith(server.url());
        assertThat(access.context()).contains("mine");
        assertThat(seen.way()).contains("--kube-insecure=true");
    }

    @Test
    void shouldMissTheRightToPatchOnlyWhereItIsNeeded() throws Exception {
        var server = ApiServer.shared();
        var kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"),
                Files.readString(server.kubeconfig()).replace(server.token(), tokenOfOneWhoMayNotPatch(server)));
        var chosen = new Cluster.Chosen(kubeconfig, null, null, false);

        var open = Cluster.look(chosen, Map.of(), "default", false);
        var closed = Cluster.look(chosen, Map.of(), "default", true);

        assertThat(open.missing()).noneMatch(line -> line.contains("not allowed"));
        assertThat(closed.missing())
                .anyMatch(line -> line.startsWith("not allowed to patch configmaps in namespace default:"));
    }

    private static String tokenOfOneWhoMayNotPatch(LocalServer server) {
        try (var admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
                .build()) {
            admin.load(new ByteArrayInputStream("""
                    apiVersion: v1
                    kind: ServiceAccount
                    metadata: {name: modest, namespace: default}
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: Role
                    metadata: {name: modest, namespace: default}
                    rules: [{apiGroups: [""], resources: [configmaps], verbs: [create, delete, list, watch]}]
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: RoleBinding
                    metadata: {name: modest, namespace: default}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: modest}
                    subjects: [{kind: ServiceAccount, name: modest, namespace: default}]
                    """.getBytes(StandardCharsets.UTF_8)))
                    .create();
            var request = new TokenRequestBuilder().withNewSpec().endSpec().build();
            return admin.serviceAccounts()
                    .inNamespace("default")
                    .withName("modest")
                    .tokenRequest(request)
                    .getStatus()
                    .getToken();
        }
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
