package dev.muster.driver;

import dev.muster.kube.LocalServer;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who asks a real API server, when it is no administrator. */
final class Accounts {
    private Accounts() {}

    /** A token of a new service account. */
    static String account(KubernetesClient admin, String name) {
        var accounts = admin.serviceAccounts().inNamespace("default");
        accounts.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600L)
                .endSpec()
                .build();
        return accounts.withName(name).tokenRequest(request).getStatus().getToken();
    }

    /** The same, of one who may do everything and is no administrator. */
    static String mighty(KubernetesClient admin) {
        admin.rbac()
                .clusterRoleBindings()
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("mighty")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", "mighty", "default")
                        .build())
                .create();
        return account(admin, "mighty");
    }

    /** The same way to a server with another token, as a file in a folder. */
    static Path kubeconfig(LocalServer server, String token, Path folder) throws IOException {
        var text = Files.readString(server.kubeconfig()).replace(server.token(), token);
        return Files.writeString(folder.resolve("kubeconfig"), text);
    }
}
