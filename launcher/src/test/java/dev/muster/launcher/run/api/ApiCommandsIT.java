package dev.muster.launcher.run.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kube.LocalServer;
import dev.muster.launcher.LauncherProcess;
import dev.muster.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the experiment refuses, checks and deletes, in real processes and against a real kube-apiserver. */
class ApiCommandsIT {
    @TempDir
    private Path results;

    @Test
    void shouldLoadNoClusterUnlessTheUserAgrees() throws Exception {
        var server = ApiServer.shared();

        assertThatItEnds(
                2, "--yes is needed", "run", "api", "--kubeconfig=" + server.kubeconfig(), "--results=" + results);
        assertThatItEnds(1, "there is no file /no/such", "run", "api", "--kubeconfig=/no/such", "--results=" + results);
        assertThatItEnds(
                2,
                "--server=local reads no kubeconfig",
                "run",
                "api",
                "--server=local",
                "--kubeconfig=" + server.kubeconfig(),
                "--results=" + results);
    }

    @Test
    void shouldSayWhatIsMissingAndDoNothing() throws Exception {
        var server = ApiServer.shared();
        try (var check = LauncherProcess.start("check", "api", "--kubeconfig=" + server.kubeconfig())) {
            assertThat(check.awaitExit()).isZero();
            assertThat(check.output())
                    .anyMatch(line -> line.startsWith("cluster  " + server.url()))
                    .anyMatch(line -> line.startsWith("nodes    0, 0 ready, room for 0 pods beside "))
                    .anyMatch(line -> line.startsWith("metrics  none: without metrics-server"))
                    .contains("nothing is missing");
        }
        var unknown = Files.writeString(
                results.resolve("kubeconfig"),
                Files.readString(server.kubeconfig()).replace(server.token(), "expired"));
        assertThatItEnds(1, "does not know who we are (401)", "check", "api", "--kubeconfig=" + unknown);
    }

    @Test
    void shouldDeleteWhatARunHasLeftAndNothingElse() throws Exception {
        var server = ApiServer.shared();
        leave(server, "left-1", Map.of("purpose", "scaletest", "muster/run", "killed"));
        leave(server, "left-2", Map.of("purpose", "scaletest", "muster/run", "other"));
        leave(server, "mine", Map.of("purpose", "scaletest"));
        var kubeconfig = "--kubeconfig=" + server.kubeconfig();

        assertThatItEnds(2, "--yes is needed", "cleanup", "api", kubeconfig, "--run=killed", "--namespace=default");
        try (var cleanup =
                LauncherProcess.start("cleanup", "api", kubeconfig, "--run=killed", "--namespace=default", "--yes")) {
            assertThat(cleanup.awaitExit())
                    .as(String.join("\n", cleanup.errors()))
                    .isZero();
            assertThat(cleanup.output()).contains("run killed: 1 objects", "deleted 1");
        }

        try (var client = ApiServer.client(server)) {
            assertThat(client.configMaps().inNamespace("default").list().getItems())
                    .extracting(map -> map.getMetadata().getName())
                    .contains("left-2", "mine")
                    .doesNotContain("left-1");
        }
    }

    @Test
    void shouldSayWhyItCanNotLookForWhatIsLeft() throws Exception {
        var server = ApiServer.shared();
        var kubeconfig = "--kubeconfig=" + server.kubeconfig();
        var unknown = Files.writeString(
                results.resolve("kubeconfig"),
                Files.readString(server.kubeconfig()).replace(server.token(), "expired"));

        assertThatItEnds(
                1, "muster: the API server knows no resource 'podz'", "cleanup", "api", kubeconfig, "--resource=podz");
        assertThatItEnds(1, "was answered with 401", "cleanup", "api", "--kubeconfig=" + unknown);
        try (var cleanup = LauncherProcess.start("cleanup", "api", kubeconfig, "--namespace=empty")) {
            assertThat(cleanup.awaitExit()).isZero();
            assertThat(cleanup.output()).contains("nothing is left of configmaps in namespace empty");
        }
    }

    private static void leave(LocalServer server, String name, Map<String, String> labels) {
        try (var client = ApiServer.client(server)) {
            client.configMaps()
                    .inNamespace("default")
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withLabels(labels)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    private static void assertThatItEnds(int code, String text, String... arguments) throws Exception {
        try (var process = LauncherProcess.start(arguments)) {
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isEqualTo(code);
            assertThat(process.errors()).anyMatch(line -> line.contains(text));
        }
    }
}
