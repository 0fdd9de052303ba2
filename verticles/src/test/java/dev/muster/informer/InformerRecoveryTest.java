package dev.muster.informer;

import static dev.muster.informer.RunningInformer.FABRIC8;
import static dev.muster.informer.RunningInformer.PROTOBUF;
import static dev.muster.informer.RunningInformer.RAW;
import static dev.muster.informer.RunningInformer.eventually;
import static dev.muster.informer.RunningInformer.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.ApiServer;
import dev.muster.testing.Cable;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines after a real kube-apiserver was killed, or has forgotten what they know. */
class InformerRecoveryTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW, PROTOBUF})
    void shouldKnowWhatAFreshListKnowsAfterTheServerWasKilled(String engine) throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"));
                var cluster = ApiServer.client(server)) {
            ConfigMaps.create(cluster, "changed", "dead", ConfigMaps.now());
            try (var informer = start(server, engine, "dead")) {
                server.killApiServer();
                eventually().until(() -> informer.count(InformerCounter.LOST) > 0);
                server.restartApiServer();
                ConfigMaps.create(cluster, "new", "dead", ConfigMaps.now());
                ConfigMaps.update(cluster, "changed");

                eventually().until(() -> informer.versions().equals(ConfigMaps.listed(cluster, "dead")));
                eventually().until(() -> informer.count(InformerCounter.RECONNECTED) > 0);
                assertThat(informer.versions()).hasSize(2);
                assertThat(informer.samples(InformerMetric.RECONNECT))
                        .isEqualTo(informer.count(InformerCounter.RECONNECTED));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW, PROTOBUF})
    void shouldKnowWhatAFreshListKnowsAfterTheServerForgotWhereItWas(String engine) throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"));
                var cluster = ApiServer.client(server);
                var cable = new Cable(URI.create(server.url()).getPort())) {
            ConfigMaps.create(cluster, "changed", "gone", ConfigMaps.now());
            ConfigMaps.create(cluster, "deleted", "gone", ConfigMaps.now());
            var through = "--kube-server=https://127.0.0.1:" + cable.port();
            try (var informer = start(server, engine, "gone", through)) {
                cable.cut();
                ConfigMaps.update(cluster, "changed");
                cluster.configMaps().inNamespace("default").withName("deleted").delete();
                ApiServer.compact(server, version(cluster));
                server.killApiServer(); // its cache still has what the store has forgotten
                server.restartApiServer();
                cable.mend();

                eventually().until(() -> informer.versions().equals(ConfigMaps.listed(cluster, "gone")));
                assertThat(informer.versions()).hasSize(1);
                assertThat(informer.count(InformerCounter.GONE)).isEqualTo(1);
                assertThat(informer.count(InformerCounter.RELISTS)).isEqualTo(1);
                assertThat(informer.count(InformerCounter.RELISTED)).isEqualTo(1);
                assertThat(informer.count(InformerCounter.MISSED)).isEqualTo(2);
                assertThat(informer.samples(InformerMetric.UPDATE_LAG)).isZero();
            }
        }
    }

    private static long version(KubernetesClient cluster) {
        var list = cluster.configMaps().inNamespace("default").list();
        return Long.parseLong(list.getMetadata().getResourceVersion());
    }
}
