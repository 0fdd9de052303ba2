package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testing.ApiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
    @TempDir
    private Path folder;

    @Test
    void shouldFindAResourceByEachOfItsNames() throws Exception {
        try (var kube = Kube.shared()) {
            var discovery = new Discovery(kube.client);

            assertThat(kube.await(() -> discovery.find("configmaps"))).isEqualTo(Resource.CONFIG_MAPS);
            assertThat(kube.await(() -> discovery.find("cm"))).isEqualTo(Resource.CONFIG_MAPS);
            var deployments = kube.await(() -> discovery.find("deployments.v1.apps"));
            assertThat(deployments).isEqualTo(new Resource("apps", "v1", "deployments", "Deployment", true));
            assertThat(deployments.path(Optional.of("x"))).isEqualTo("/apis/apps/v1/namespaces/x/deployments");
            var nodes = kube.await(() -> discovery.find("nodes"));
            assertThat(nodes.path(Optional.of("x"))).isEqualTo("/api/v1/nodes");
        }
    }

    @Test
    void shouldSuggestTheNearestNameOfAnUnknownResource() throws Exception {
        try (var kube = Kube.shared()) {
            var discovery = new Discovery(kube.client);

            assertThatThrownBy(() -> kube.await(() -> discovery.find("configmap.v1.apps")))
                    .hasMessageContaining("no resource 'configmap.v1.apps'");
            assertThatThrownBy(() -> kube.await(() -> discovery.find("confgmaps")))
                    .hasMessageContaining("did you mean configmaps?");
            assertThatThrownBy(() -> kube.await(() -> discovery.find("flunders.v1alpha1.wardle.example.com")))
                    .hasMessageContaining("kubectl api-resources");
        }
    }

    @Test
    void shouldSayWhichPermissionsAreMissingAndTheRuleThatGivesThem() throws Exception {
        var wanted = List.of(
                Permission.of("create", Resource.CONFIG_MAPS, "scaletest"),
                Permission.of("delete", Resource.CONFIG_MAPS, "scaletest"),
                new Permission("create", "", "namespaces", ""));
        try (var admin = Kube.shared()) {
            assertThat(admin.await(() -> new Review(admin.client).missing(wanted)))
                    .isEmpty();

            var token = admin.serviceAccount("default", "unlucky-" + System.nanoTime());
            try (var kube = new Kube(Kube.access(ApiServer.shared(), token, folder), 1, Duration.ofSeconds(10))) {
                var missing = kube.await(() -> new Review(kube.client).missing(wanted));

                assertThat(missing).isEqualTo(wanted);
                assertThat(Permission.missing(missing.subList(0, 2)))
                        .isEqualTo("not allowed to create configmaps in namespace scaletest, to delete configmaps in"
                                + " namespace scaletest: bind us to a Role with rules: [{apiGroups: [\"\"], resources:"
                                + " [configmaps], verbs: [create, delete]}]");
            }
        }
    }

    @Test
    void shouldSayThatTheTokenIsNotTaken() throws Exception {
        try (var kube = new Kube(Kube.access(ApiServer.shared(), "expired", folder), 1, Duration.ofSeconds(10))) {
            var wanted = List.of(Permission.of("create", Resource.CONFIG_MAPS, "scaletest"));

            assertThatThrownBy(() -> kube.await(() -> new Review(kube.client).missing(wanted)))
                    .hasMessageContaining("401 Unauthorized")
                    .hasMessageContaining("log in again");
        }
    }
}
