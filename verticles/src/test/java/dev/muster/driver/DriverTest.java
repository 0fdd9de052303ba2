package dev.muster.driver;

import static dev.muster.driver.RunningDriver.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it makes, when, and what it leaves, against a real kube-apiserver. */
class DriverTest {
    @TempDir
    private Path folder;

    private final KubernetesClient cluster = ApiServer.client(ApiServer.shared());

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
        var weak = Accounts.kubeconfig(ApiServer.shared(), Accounts.account(cluster, "weak"), folder);

        assertThatThrownBy(() -> new RunningDriver("one", Options.driver(), Options.kube(weak)))
                .hasMessageContaining("not allowed to create configmaps in namespace scaletest")
                .hasMessageContaining("verbs: [create, delete, list]");
        assertThatThrownBy(() -> new RunningDriver(
                        "one",
                        Options.driver(),
                        Options.kube(Accounts.kubeconfig(ApiServer.shared(), "expired", folder))))
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
}
