package dev.muster.informer;

import static dev.muster.informer.RunningInformer.FABRIC8;
import static dev.muster.informer.RunningInformer.PROTOBUF;
import static dev.muster.informer.RunningInformer.RAW;
import static dev.muster.informer.RunningInformer.eventually;
import static dev.muster.informer.RunningInformer.start;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kube.LocalServer;
import dev.muster.testing.ApiServer;
import dev.muster.testing.SampleServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines against a real aggregated server, which has kinds of its own. */
class InformerFlundersTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW})
    void shouldWatchFlundersStraightOnTheSampleApiserver(String engine) throws Exception {
        var server = ApiServer.shared();
        var label = ConfigMaps.label();
        try (var sample = SampleServer.start(server, folder.resolve("sample"));
                var cluster = client(server, sample.url());
                var informer = startOnFlunders(server, sample, engine, label)) {
            var flunders = flunders(cluster);
            createFlunder(flunders, label);

            eventually().until(() -> informer.samples(InformerMetric.CREATE_LAG) == 1);
            flunders.withName(label).delete();
            eventually().until(() -> informer.count(InformerCounter.DELETED) == 1);
        }
    }

    @Test
    void shouldSayThatAServerCantWriteFlundersInProtobuf() throws Exception {
        var server = ApiServer.shared();
        var label = ConfigMaps.label();
        try (var sample = SampleServer.start(server, folder.resolve("sample"));
                var cluster = client(server, sample.url())) {
            var flunders = flunders(cluster);
            // As long as there is none, the server writes the empty list.
            try (var informer = startOnFlunders(server, sample, PROTOBUF, label)) {
                createFlunder(flunders, label);

                eventually().until(() -> informer.count(InformerCounter.ERRORS) > 0);
            }
            assertThatThrownBy(() -> startOnFlunders(server, sample, PROTOBUF, label))
                    .hasMessageContaining("--informer-encoding=protobuf of flunders.v1alpha1.wardle.example.com: 406");
            flunders.withName(label).delete();
        }
    }

    private static RunningInformer startOnFlunders(LocalServer server, SampleServer sample, String engine, String label)
            throws Exception {
        return start(
                server,
                engine,
                label,
                "--informer-resource=flunders.v1alpha1.wardle.example.com",
                "--kube-server=" + sample.url(),
                "--kube-insecure");
    }

    private static NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            flunders(KubernetesClient cluster) {
        return cluster.genericKubernetesResources("wardle.example.com/v1alpha1", "Flunder")
                .inNamespace("default");
    }

    private static void createFlunder(
            NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> flunders,
            String name) {
        flunders.resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("wardle.example.com/v1alpha1")
                        .withKind("Flunder")
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("test", name))
                        .withAnnotations(Map.of("scaletest/createTimestamp", ConfigMaps.now()))
                        .endMetadata()
                        .build())
                .create();
    }

    private static KubernetesClient client(LocalServer server, String url) {
        var config = Config.fromKubeconfig(server.kubeconfig().toFile());
        config.setMasterUrl(url);
        config.setTrustCerts(true);
        config.setDisableHostnameVerification(true);
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
