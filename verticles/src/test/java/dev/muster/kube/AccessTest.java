package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.ApiServer;
import dev.muster.testing.Part;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final ApiRequest WHO =
            ApiRequest.create("/apis/authentication.k8s.io/v1/selfsubjectreviews", Buffer.buffer("{}"));

    @TempDir
    private Path folder;

    @Test
    void shouldSayWhatToDoWithoutAnyKubeconfig() {
        assertThatThrownBy(() -> Access.load(Kube.options(null, null), Map.of("HOME", folder.toString()), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--kubeconfig=FILE")
                .hasMessageContaining("--server=local");
    }

    @Test
    void shouldNameTheFileThatIsNotThere() {
        var missing = folder.resolve("missing");

        assertThatThrownBy(() -> Access.load(Kube.options(missing, null), Map.of()))
                .hasMessage("--kubeconfig: there is no file " + missing);
        assertThatThrownBy(() -> Access.load(Kube.options(null, null), Map.of("KUBECONFIG", missing.toString())))
                .hasMessageContaining("KUBECONFIG names " + missing);
    }

    @Test
    void shouldSayThatAFileIsNoKubeconfig() throws Exception {
        var file = Files.writeString(folder.resolve("config"), "apiVersion: [v1\n");

        assertThatThrownBy(() -> Access.load(Kube.options(file, null), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can't be read");
    }

    @Test
    void shouldNameTheContextsThatThereAre() throws Exception {
        var file = Files.writeString(folder.resolve("config"), kubeconfig("https://127.0.0.1:1", "token: x"));

        assertThatThrownBy(() -> Access.load(Kube.options(file, "prod"), Map.of()))
                .hasMessageContaining("no context 'prod'")
                .hasMessageContaining("test");
        assertThat(Access.load(Kube.options(file, null), Map.of()).text()).isEqualTo("context test of " + file);
    }

    @Test
    void shouldTakeTheServerOfTheOptions() throws Exception {
        var file = Files.writeString(folder.resolve("config"), kubeconfig("https://127.0.0.1:1", "token: x"));

        var access = Access.load(Kube.options(file, null, "https://127.0.0.2:6443", true), Map.of());

        assertThat(access.server()).hasToString("https://127.0.0.2:6443/");
        assertThat(access.authorization()).contains("Bearer x");
    }

    @Test
    void shouldLogInWithWhatAnExecPluginSaysAndAskItAgainWhenThatIsRefused() throws Exception {
        var server = ApiServer.shared();
        var plugin = script("""
                #!/bin/sh
                echo asked >>"$0.calls"
                token=old
                if [ "$(wc -l <"$0.calls")" -gt 1 ]; then token=%s; fi
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$token'"}}'
                """.formatted(server.token()));
        var file = Files.writeString(
                folder.resolve("config"),
                kubeconfig(
                        server.url(),
                        "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: \""
                                + plugin + "\"}"));

        try (var kube =
                new Kube(Access.load(Kube.options(file, null, null, true), Map.of()), 1, Duration.ofSeconds(10))) {
            assertThat(kube.send(WHO)).isEqualTo(new Outcome.Done(201));
        }

        assertThat(Path.of(plugin + ".calls")).content().hasLineCount(2);
    }

    @Test
    void shouldBeThePodsServiceAccountAndTakeItsNewToken() throws Exception {
        var server = ApiServer.shared();
        try (var admin = Kube.shared()) {
            var first = admin.serviceAccount("default", "first");
            var second = admin.serviceAccount("default", "second");
            Files.writeString(folder.resolve("token"), first);
            Files.writeString(folder.resolve("namespace"), "default");
            Files.copy(server.authority(), folder.resolve("ca.crt"));
            var pod = Map.of(
                    "HOME",
                    folder.toString(),
                    "KUBERNETES_SERVICE_HOST",
                    "127.0.0.1",
                    "KUBERNETES_SERVICE_PORT",
                    server.url().replaceAll(".*:", ""));
            try (var kube = new Kube(Access.load(Kube.options(null, null), pod, folder), 1, Duration.ofSeconds(10))) {
                assertThat(kube.ask(WHO).body().toString()).contains("system:serviceaccount:default:first");

                Files.writeString(folder.resolve("token"), second);
                admin.send(ApiRequest.delete("/api/v1/namespaces/default/serviceaccounts/first"));

                // The server forgets the first within some seconds: no request fails for it.
                await().atMost(Duration.ofSeconds(40)).until(() -> {
                    assertThat(kube.send(WHO)).isEqualTo(new Outcome.Done(201));
                    return kube.ask(WHO).body().toString().contains("system:serviceaccount:default:second");
                });
            }
        }
    }

    @Test
    void shouldBeWhoTheClientCertificateSays() throws Exception {
        Part.need(Files.isExecutable(Path.of("/usr/bin/openssl")), "needs openssl (Debian: apt-get install openssl)");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=test-ca -keyout ca.key -out ca.crt");
        openssl("req -newkey rsa:2048 -nodes -subj /CN=jane -keyout jane.key -out jane.csr");
        openssl("x509 -req -days 1 -CA ca.crt -CAkey ca.key -CAcreateserial -in jane.csr -out jane.crt");
        try (var server = ApiServer.start(folder.resolve("server"), "--client-ca-file=" + folder.resolve("ca.crt"))) {
            // Relative to the kubeconfig, as kubectl takes them.
            var file = Files.writeString(
                    folder.resolve("config"),
                    kubeconfig(server.url(), "client-certificate: jane.crt, client-key: jane.key"));
            try (var kube =
                    new Kube(Access.load(Kube.options(file, null, null, true), Map.of()), 1, Duration.ofSeconds(10))) {
                assertThat(kube.ask(WHO).body().toString()).contains("\"username\":\"jane\"");
            }
        }
    }

    @Test
    void shouldGiveAFabric8ClientWithTheSameSettings() throws Exception {
        try (var client = Kube.access(ApiServer.shared()).client()) {
            assertThat(client.namespaces().withName("default").get().getStatus().getPhase())
                    .isEqualTo("Active");
        }
    }

    private void openssl(String arguments) throws Exception {
        var command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments.split(" ")));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private Path script(String text) throws IOException {
        var file = Files.writeString(folder.resolve("plugin"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private static String kubeconfig(String url, String user) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: test, context: {cluster: c, user: u}}]
                current-context: test
                """.formatted(url, user);
    }
}
