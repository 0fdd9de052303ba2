package dev.muster.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not allowed is told before anything starts, by a real API server with RBAC. */
class RightsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTellTheRuleThatIsMissing() throws IOException {
        var planned = planned(
                nobody(),
                "  - {at: 1s, delete-pods: app=store, namespace: muster}",
                "  - {at: 2s, drain-node: node-1}",
                "  - {at: 3s, stop-process: store}");

        assertThat(Rights.problems(planned, Map.of()))
                .singleElement()
                .asString()
                .startsWith(
                        "--faults: not allowed to list pods in namespace muster, to delete pods in namespace muster")
                .contains("bind us to a ClusterRole with rules:")
                .contains("{apiGroups: [\"\"], resources: [pods/eviction], verbs: [create]}")
                .contains("{apiGroups: [\"\"], resources: [nodes], verbs: [get, patch]}");
    }

    @Test
    void shouldNameTheLineOfANodeThatIsNotThere() throws IOException {
        var planned = planned(
                ApiServer.shared().kubeconfig(),
                "  - {at: 1s, delete-pods: app=store}",
                "  - {at: 2s, drain-node: nowhere}",
                "  - {at: 3s, lose-node: any}");

        assertThat(Rights.problems(planned, Map.of())).containsExactly(planned.file() + ":4: there is no node nowhere");
    }

    @Test
    void shouldAskNoClusterForFaultsOfProcesses() throws IOException {
        var planned = planned(folder.resolve("none"), "  - {at: 3s, stop-process: store}");

        assertThat(Rights.problems(planned, Map.of())).isEmpty();
    }

    @Test
    void shouldTellThatThereIsNoCluster() throws IOException {
        var planned = planned(folder.resolve("none"), "  - {at: 3s, drain-node: n}");

        assertThat(Rights.problems(planned, Map.of()))
                .singleElement()
                .asString()
                .contains("has faults on a cluster")
                .contains("there is no file");
    }

    private PlannedFaults planned(Path kubeconfig, String... faults) throws IOException {
        var file = folder.resolve("faults.yaml");
        Files.writeString(file, "kubeconfig: " + kubeconfig + "\nfaults:\n" + String.join("\n", faults) + "\n");
        return FaultsFile.read(file.toString(), problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
    }

    /** The kubeconfig of somebody who may do nothing. */
    private Path nobody() throws IOException {
        var admin = Files.readString(ApiServer.shared().kubeconfig());
        try (var client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(admin))
                .build()) {
            var accounts = client.serviceAccounts().inNamespace("default");
            accounts.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName("nobody")
                            .endMetadata()
                            .build())
                    .serverSideApply();
            var token = accounts.withName("nobody")
                    .tokenRequest(new TokenRequestBuilder()
                            .withNewSpec()
                            .withAudiences(List.of())
                            .endSpec()
                            .build())
                    .getStatus()
                    .getToken();
            return Files.writeString(folder.resolve("nobody"), admin.replaceAll("token: [^}\\s]+", "token: " + token));
        }
    }
}
