package dev.muster.driver;

import static dev.muster.driver.RunningDriver.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Command;
import dev.muster.testing.ApiServer;
import dev.muster.testing.Cable;
import dev.muster.testing.SampleServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With servers that are killed, are busy or are others: each a real one. */
class DriverServersTest {
    private static final CustomResourceDefinition FLUNDERS =
            Serialization.unmarshal("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: flunders.wardle.example.com}
            spec:
              group: wardle.example.com
              names: {plural: flunders, singular: flunder, kind: Flunder}
              scope: Namespaced
              versions:
              - name: v1alpha1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {reference: {type: string}}}}}}
            """, CustomResourceDefinition.class);

    @TempDir
    private Path folder;

    @Test
    void shouldKeepItsBooksWhenTheServerIsKilledUnderLoadAndComesBack() throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"))) {
            var options = Options.driver(
                    "--driver-rate=200",
                    "--driver-objects=1200",
                    "--driver-max-population=100",
                    "--driver-run-id=killed");
            try (var driver = new RunningDriver("one", options, Options.kube(server))) {
                eventually().until(() -> driver.count(DriverCounter.DONE) > 200);

                server.killApiServer();
                eventually().until(() -> driver.count(DriverCounter.ERRORS_CONNECTION) > 0);
                server.restartApiServer();

                eventually().until(() -> driver.count(DriverCounter.RECONNECTED) > 0);
                driver.command(Command.Action.STOP);
                assertThat(driver.underWay()).isZero();
                assertThat(driver.count(DriverCounter.FAILED)).isPositive();
                driver.undeploy();
            }
            try (var after = ApiServer.client(server)) {
                assertThat(after.configMaps()
                                .inNamespace("scaletest")
                                .withLabel("muster/run", "killed")
                                .list()
                                .getItems())
                        .isEmpty();
            }
        }
    }

    @Test
    void shouldSlowDownAsTheServerAsksAndCountNoErrorForIt() throws Exception {
        // The server lets one write in at a time, and tells the others to come again after a second. Administrators are
        // exempt from that, so that the driver has to be somebody else.
        try (var server = ApiServer.start(
                        folder.resolve("server"),
                        "--enable-priority-and-fairness=false",
                        "--max-mutating-requests-inflight=1");
                var admin = ApiServer.client(server)) {
            var options = Options.driver(
                    "--driver-rate=400", "--driver-objects=40", "--driver-in-flight=4", "--driver-max-population=10");
            var kube = Options.kube(Accounts.kubeconfig(server, Accounts.mighty(admin), folder));
            try (var driver = new RunningDriver("one", options, kube)) {
                eventually().until(() -> driver.isOver(80));

                assertThat(driver.count(DriverCounter.THROTTLED)).isPositive();
                assertThat(driver.samples(DriverMetric.RETRY_AFTER)).isEqualTo(driver.count(DriverCounter.THROTTLED));
                assertThat(driver.mean(DriverMetric.RETRY_AFTER)).isEqualTo(1);
                assertThat(driver.count(DriverCounter.DONE)).isEqualTo(80);
            }
        }
    }

    @Test
    void shouldMakeFlundersAsItKnowsThem() throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"));
                var admin = ApiServer.client(server)) {
            admin.resource(FLUNDERS).create();
            eventually().until(() -> admin.getApiResources("wardle.example.com/v1alpha1") != null);
            var options = Options.driver(
                    "--driver-resource=flunders.v1alpha1.wardle.example.com",
                    "--driver-mode=closed",
                    "--driver-rate=0",
                    "--driver-objects=20",
                    "--driver-run-id=flunders");
            try (var driver = new RunningDriver("one", options, Options.kube(server))) {
                eventually().until(() -> driver.isOver(60));

                // A custom resource refuses a strategic merge patch.
                assertThat(driver.count(DriverCounter.PATCHED)).isEqualTo(20);
                assertThat(driver.count(DriverCounter.DONE)).isEqualTo(60);
            }
        }
    }

    @Test
    void shouldMakeFlundersStraightOnTheSampleApiserver() throws Exception {
        var server = ApiServer.shared();
        try (var sample = SampleServer.start(server, folder.resolve("sample"))) {
            var options = Options.driver(
                    "--driver-resource=flunders.v1alpha1.wardle.example.com",
                    "--driver-mode=closed",
                    "--driver-rate=0",
                    "--driver-objects=20",
                    "--driver-max-population=20",
                    "--driver-run-id=sample");
            try (var driver = new RunningDriver("one", options, Options.kube(server, sample.url()))) {
                eventually().until(() -> driver.isOver(60));

                assertThat(driver.count(DriverCounter.DONE)).isEqualTo(60);
                driver.undeploy();
            }
        }
    }

    @Test
    void shouldSpreadItsConnectionsOverTheEndpointsThatItIsGiven() throws Exception {
        int port = URI.create(ApiServer.shared().url()).getPort();
        try (var one = new Cable(port);
                var two = new Cable(port)) {
            var options = Options.driver(
                    "--driver-mode=closed",
                    "--driver-rate=0",
                    "--driver-objects=40",
                    "--driver-threads=4",
                    "--driver-max-population=40",
                    "--driver-connections=4",
                    "--driver-endpoints=127.0.0.1:" + one.port() + ",127.0.0.1:" + two.port(),
                    "--driver-run-id=endpoints");
            try (var driver = new RunningDriver("one", options, Options.kube(ApiServer.shared()))) {
                eventually().until(() -> driver.isOver(120));

                assertThat(driver.count(DriverCounter.DONE)).isEqualTo(120);
                assertThat(one.connections()).isPositive();
                assertThat(two.connections()).isPositive();
            }
        }
    }

    @Test
    void shouldFindTheServersBehindTheServiceOfKubernetes() throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"));
                var admin = ApiServer.client(server)) {
            var kube = Options.kube(server);
            var options = Options.driver(
                    "--driver-endpoints=kubernetes", "--driver-timeout=1s", "--driver-objects=1", "--driver-rate=100");
            admin.discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace("default")
                    .withLabel("kubernetes.io/service-name", "kubernetes")
                    .delete();
            // No address of the real one leads to a server that listens on loopback alone: one that nobody has.
            admin.discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace("default")
                    .resource(new EndpointSliceBuilder()
                            .withNewMetadata()
                            .withName("elsewhere")
                            .withLabels(Map.of("kubernetes.io/service-name", "kubernetes"))
                            .endMetadata()
                            .withAddressType("IPv4")
                            .addNewEndpoint()
                            .withAddresses("192.0.2.7")
                            .endEndpoint()
                            .addNewPort()
                            .withName("https")
                            .withPort(6443)
                            .endPort()
                            .build())
                    .create();
            try (var driver = new RunningDriver("one", options, kube)) {
                eventually().until(() -> driver.count(DriverCounter.ERRORS_CONNECTION) == 1);
                assertThat(driver.count(DriverCounter.DONE)).isZero();
            }
        }
    }
}
