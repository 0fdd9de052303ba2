package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.ApiServer;
import dev.muster.testing.ChildJvm;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServerTest {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldServeItsOwnUserAloneAndLeaveNothingBehind() throws Exception {
        var data = folder.resolve("server");
        try (var server = ApiServer.start(data)) {
            assertThat(get(server, server.token(), "/version")).contains("\"gitVersion\": \"v1.36");
            assertThat(get(server, "another", "/version")).contains("Unauthorized");
            assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldComeBackWithTheSameStoreAfterItWasKilled() throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"))) {
            post(server, "/api/v1/namespaces", "{\"metadata\":{\"name\":\"kept\"}}");
            server.killApiServer();
            assertThatThrownBy(() -> get(server, server.token(), "/version")).isInstanceOf(IOException.class);

            server.restartApiServer();

            assertThat(get(server, server.token(), "/api/v1/namespaces/kept")).contains("\"name\":\"kept\"");
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenItDoesNotStart() {
        var data = folder.resolve("server");

        assertThatThrownBy(() -> ApiServer.start(data, "--no-such-flag"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kube-apiserver ended while it started")
                .hasMessageContaining("no-such-flag");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldEndWithItsParentEvenWhenThatIsKilled() throws Exception {
        var parent = ChildJvm.start(
                Parent.class,
                ApiServer.binaries().toString(),
                folder.resolve("server").toString());
        var said = parent.inputReader()
                .lines()
                .filter(line -> line.startsWith("pid="))
                .findFirst();
        var server = ProcessHandle.of(Long.parseLong(said.orElseThrow().substring("pid=".length())))
                .orElseThrow();
        assertThat(server.isAlive()).isTrue();

        parent.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(30)).until(() -> !server.isAlive());
    }

    /** Starts a server, says its process id, and waits to be killed. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            var server = LocalServer.start(new LocalServer.Settings(Path.of(args[0]), Path.of(args[1]), List.of()));
            System.out.println("pid=" + server.pid());
            new CountDownLatch(1).await();
        }
    }

    private String get(LocalServer server, String token, String path) throws Exception {
        return send(server, token, HttpMethod.GET, path, "");
    }

    private void post(LocalServer server, String path, String body) throws Exception {
        send(server, server.token(), HttpMethod.POST, path, body);
    }

    private String send(LocalServer server, String token, HttpMethod method, String path, String body)
            throws Exception {
        var trust = new PemTrustOptions().addCertPath(server.authority().toString());
        var client = vertx.createHttpClient(new HttpClientOptions().setSsl(true).setTrustOptions(trust));
        int port = Integer.parseInt(server.url().replaceAll(".*:", ""));
        return client.request(method, port, "127.0.0.1", path)
                .compose(request -> request.putHeader("Authorization", "Bearer " + token)
                        .putHeader("Content-Type", "application/json")
                        .send(body))
                .compose(HttpClientResponse::body)
                .map(Buffer::toString)
                .eventually(client::close)
                .await(30, TimeUnit.SECONDS);
    }
}
