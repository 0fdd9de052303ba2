package dev.muster.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Command;
import dev.muster.kube.LocalServer;
import dev.muster.testing.ApiServer;
import dev.muster.testing.Cable;
import dev.muster.testing.SampleServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real kube-apiserver. */
class DriverTest {
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

    private final KubernetesClient cluster = client(ApiServer.shared());

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldCreateAndDeleteAtItsOwnTimesAndLeaveNothing() throws Exception {
        var options = Options.driver(
                "--driver-rate=100",
                "--driver-objects=200",
                "--driver-max-population=50",
                "--driver-seed=7",
                "--driver-run-id=open",
                "--driver-csv=" + folder.resolve("ops.csv"));
        try (var driver = new RunningDriver("one", options, Options.kube(ApiServer.shared()))) {
            eventually().until(() -> driver.isOver(400));

            assertThat(driver.count(DriverCounter.DONE)).isEqualTo(400);
            assertThat(driver.count(DriverCounter.CREATED)).isEqualTo(200);
            assertThat(driver.count(DriverCounter.DELETED)).isEqualTo(200);
            assertThat(driver.samples(DriverMetric.CREATE_LATENCY)).isEqualTo(200);
            assertThat(objects("open")).isEmpty();
            driver.undeploy();
        }

        // Half a second of life: population over rate.
        var lines = Files.readAllLines(folder.resolve("ops.csv"));
        assertThat(lines)
                .hasSize(400)
                .allMatch(line -> line.matches(
                        "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3},){2}(create|delete),scaletest/open-one-\\d+,,"
                                + "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}"));
    }

    @Test
    void shouldMarkItsObjectsAndDeleteNoOthersAtItsEnd() throws Exception {
        var kube = Options.kube(ApiServer.shared());
        try (var stays = new RunningDriver("stays", eternal("two"), kube);
                var ends = new RunningDriver("ends", eternal("two"), kube)) {
            eventually().until(() -> objects("two").size() == 40);
            var first = objects("two").get(0).getMetadata();
            assertThat(first.getLabels()).containsEntry("purpose", "scaletest").containsKey("muster/driver");
            assertThat(Long.parseLong(first.getAnnotations().get("scaletest/createTimestamp")) / 1e18)
                    .isBetween(1.7, 2.1);
            assertThat(objects("two").get(0).getData().get("payload")).hasSize(2_000);

            ends.undeploy();

            assertThat(ends.count(DriverCounter.CLEANED)).isEqualTo(20);
            assertThat(objects("two")).hasSize(20).allSatisfy(left -> assertThat(
                            left.getMetadata().getLabels())
                    .containsEntry("muster/driver", "stays"));
            stays.undeploy();
        }
        assertThat(objects("two")).isEmpty();
    }

    @Test
    void shouldCreatePatchAndDeleteWithWorkersThatWait() throws Exception {
        var options = Options.driver(
                "--driver-mode=closed",
                "--driver-rate=0",
                "--driver-objects=50",
                "--driver-threads=3",
                "--driver-connections=2",
                "--driver-updates=2",
                "--driver-max-population=12",
                "--driver-run-id=closed");
        try (var driver = new RunningDriver("one", options, Options.kube(ApiServer.shared()))) {
            eventually().until(() -> driver.isOver(200));

            assertThat(driver.count(DriverCounter.DONE)).isEqualTo(200);
            assertThat(driver.count(DriverCounter.PATCHED)).isEqualTo(100);
            assertThat(objects("closed")).isEmpty();
        }
    }

    @Test
    void shouldPatchTimestampAndPayload() throws Exception {
        var options = Options.driver(
                "--driver-mode=closed",
                "--driver-objects=10",
                "--driver-update-bytes=7",
                "--driver-timestamp-format=original",
                "--driver-rate=10",
                "--driver-run-id=patched",
                "--driver-max-population=100");
        try (var driver = new RunningDriver("one", options, Options.kube(ApiServer.shared()))) {
            // All ten fit, so each is created, then patched, then deleted: look in between.
            eventually().until(() -> objects("patched").stream()
                    .anyMatch(each -> each.getMetadata()
                                    .getAnnotations()
                                    .getOrDefault("scaletest/updateTimestamp", "")
                                    .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\+0000")
                            && "xxxxxxx".equals(each.getData().get("payload"))));
            eventually().until(() -> driver.isOver(30));
            assertThat(driver.count(DriverCounter.FAILED)).isZero();
        }
    }

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
            try (var after = client(server)) {
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
                var admin = client(server)) {
            var options = Options.driver(
                    "--driver-rate=400", "--driver-objects=40", "--driver-in-flight=4", "--driver-max-population=10");
            var kube = Options.kube(kubeconfigOf(server, mighty(admin)));
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
                var admin = client(server)) {
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
                var admin = client(server)) {
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

    @Test
    void shouldReachItsRateOverTheRamp() throws Exception {
        var csv = folder.resolve("ramp.csv");
        var options = Options.driver(
                "--driver-arrival=ramp",
                "--driver-ramp=2s",
                "--driver-rate=100",
                "--driver-objects=150",
                "--driver-max-population=1000000",
                "--driver-run-id=ramp",
                "--driver-csv=" + csv);
        try (var driver = new RunningDriver("one", options, Options.kube(ApiServer.shared()))) {
            eventually().until(() -> driver.count(DriverCounter.CREATED) == 150);
            driver.undeploy();
        }

        // After t seconds of a ramp of 2 s to 100/s there are 25 t^2 objects: a quarter of the first 100 in the first
        // half.
        var intended = Files.readAllLines(csv).stream()
                .map(line -> line.substring(line.lastIndexOf(',') + 1))
                .map(text -> LocalDateTime.parse(text.replace(' ', 'T')))
                .sorted()
                .toList();
        var first = intended.get(0);
        assertThat(Duration.between(first, intended.get(24)).toMillis()).isBetween(700L, 1_000L);
        assertThat(Duration.between(first, intended.get(99)).toMillis()).isBetween(1_700L, 2_000L);
        assertThat(Duration.between(intended.get(100), intended.get(149)).toMillis())
                .isBetween(480L, 500L);
    }

    @Test
    void shouldSayWhatItMayNotDoBeforeItBegins() throws Exception {
        var weak = kubeconfigWith(account(cluster, "weak"));

        assertThatThrownBy(() -> new RunningDriver("one", Options.driver(), Options.kube(weak)))
                .hasMessageContaining("not allowed to create configmaps in namespace scaletest")
                .hasMessageContaining("verbs: [create, delete, list]");
        assertThatThrownBy(() -> new RunningDriver("one", Options.driver(), Options.kube(kubeconfigWith("expired"))))
                .hasMessageContaining("401 Unauthorized");
    }

    @Test
    void shouldNameTheResourceThatIsMeant() {
        var kube = Options.kube(ApiServer.shared());

        assertThatThrownBy(() -> new RunningDriver("one", Options.driver("--driver-resource=secrts"), kube))
                .hasMessageContaining("did you mean secrets?");
        assertThatThrownBy(() -> new RunningDriver("one", Options.driver("--driver-resource=secrets"), kube))
                .hasMessageContaining("--driver-template is needed for secrets");
    }

    @Test
    void shouldMakeWhatTheTemplateSays() throws Exception {
        var template = Files.writeString(
                folder.resolve("secret.yaml"),
                "metadata: {labels: {mine: \"yes\"}}\nstringData: {text: \"${payload}\"}\n");
        var options = Options.driver(
                "--driver-mode=closed",
                "--driver-resource=secrets",
                "--driver-template=" + template,
                "--driver-create-only",
                "--driver-objects=3",
                "--driver-rate=0",
                "--driver-name-pad=5",
                "--driver-trace-url",
                "--driver-run-id=template");
        try (var driver = new RunningDriver("one", options, Options.kube(ApiServer.shared()))) {
            eventually().until(() -> driver.isOver(3));

            var made = cluster.secrets()
                    .inNamespace("scaletest")
                    .withLabel("muster/run", "template")
                    .list()
                    .getItems();
            assertThat(made).hasSize(3).allSatisfy(secret -> {
                assertThat(secret.getMetadata().getName()).startsWith("template-one-xxxxx-");
                assertThat(secret.getMetadata().getLabels()).containsEntry("mine", "yes");
                assertThat(secret.getData().get("text")).hasSize(136); // 100 bytes in base64
            });
            driver.undeploy();
        }
    }

    private static DriverOptions eternal(String run) {
        return Options.driver(
                "--driver-rate=200",
                "--driver-objects=20",
                "--driver-max-population=1000000",
                "--driver-run-id=" + run);
    }

    private List<ConfigMap> objects(String run) {
        return cluster.configMaps()
                .inNamespace("scaletest")
                .withLabel("muster/run", run)
                .list()
                .getItems();
    }

    /** A token of a new service account. */
    private static String account(KubernetesClient admin, String name) {
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
    private static String mighty(KubernetesClient admin) {
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

    private Path kubeconfigWith(String token) throws IOException {
        return kubeconfigOf(ApiServer.shared(), token);
    }

    private Path kubeconfigOf(LocalServer server, String token) throws IOException {
        var text = Files.readString(server.kubeconfig()).replace(server.token(), token);
        return Files.writeString(folder.resolve("kubeconfig"), text);
    }

    private static KubernetesClient client(LocalServer server) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
                .build();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40));
    }
}
