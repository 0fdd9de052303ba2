package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Command;
import dev.muster.bus.Credential;
import dev.muster.node.Identity;
import dev.muster.testing.TestNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole role, as its options make it, against a store behind a real TLS server; and several of it beside each other. */
class RoleOverTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final List<Vertx> all = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // before each test
    private ScriptedStore store;

    @BeforeEach
    void start() throws Exception {
        store = new ScriptedStore();
    }

    @AfterEach
    void stop() throws Exception {
        for (var each : all) {
            each.close().await(30, TimeUnit.SECONDS);
        }
        store.close();
    }

    @Test
    void shouldAppendAndReadOverTlsWithTheAuthorityThatItIsGiven() throws Exception {
        var role = role("--streams-url=" + tls("san=ip:127.0.0.1"), "--streams-ca=" + certificate());

        begin(role);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(store.streams().values())
                .filteredOn(events -> events.size() == 10)
                .hasSizeGreaterThan(5));
    }

    @Test
    void shouldNotTrustACertificateUnlessItIsTold() throws Exception {
        var url = tls("san=ip:127.0.0.1");

        assertThatThrownBy(() -> begin(role("--streams-url=" + url))).hasMessageContaining("--streams-ca");
        assertThat(store.requests()).isZero();
        begin(role("--streams-url=" + url, "--streams-insecure"));
        await().atMost(PATIENCE).until(() -> store.streams().size() > 2);
    }

    @Test
    void shouldNotTrustTheCertificateOfAnotherHost() throws Exception {
        var url = tls("san=dns:elsewhere.example");

        assertThatThrownBy(() -> begin(role("--streams-url=" + url, "--streams-ca=" + certificate())))
                .hasMessageContaining(url);
        assertThat(store.requests()).isZero();
    }

    /** Users that wait for ever tell how many there are. */
    @Test
    void shouldShareTheUsersBetweenSeveralPods() throws Exception {
        var held = new AtomicInteger();
        var pods = List.of(
                role("--streams-url=" + store.url(), "--streams-users=5", "--streams-pods=2", "--streams-pod=0"),
                role("--streams-url=" + store.url(), "--streams-users=5", "--streams-pods=2", "--streams-pod=1"));
        var probed = new AtomicInteger();
        store.trick(request -> {
            if (probed.incrementAndGet() <= 2) {
                return false; // is there a store?
            }
            held.incrementAndGet();
            return true;
        });

        begin(pods.get(0));
        await().atMost(PATIENCE).until(() -> held.get() == 3);
        probed.set(0);
        begin(pods.get(1));

        await().atMost(PATIENCE).until(() -> held.get() == 5);
        await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> held.get() == 5);
    }

    private Vertx role(String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("--streams-hold"));
        arguments.addAll(List.of(more));
        var options = TestOptions.of(arguments.toArray(String[]::new));
        assertThat(Streams.problems(options)).isEmpty();
        var vertx = Vertx.vertx();
        all.add(vertx);
        BusCodecs.register(vertx.eventBus());
        var node = TestNode.of(new Identity("streams", "1", "test", "streams"));
        for (var deployment : Streams.deployments(options, node)) {
            vertx.deployVerticle(deployment.verticle(), new DeploymentOptions().setInstances(deployment.instances()))
                    .await(30, TimeUnit.SECONDS);
        }
        return vertx;
    }

    private static void begin(Vertx role) throws Exception {
        var start = new Command(Credential.NONE, Command.Action.START, Map.of());
        role.eventBus().request(Addresses.command("streams"), start).await(30, TimeUnit.SECONDS);
    }

    /** A TLS server that passes on to the store what it is sent, and back. */
    private String tls(String name) throws Exception {
        var keys = folder.resolve("server.p12");
        keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=store", "-ext", name);
        var vertx = Vertx.vertx();
        all.add(vertx);
        var client = vertx.createNetClient();
        var port = URI.create(store.url()).getPort();
        var server = vertx.createNetServer(new NetServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(keys.toString()).setPassword("secret")))
                .connectHandler(user -> {
                    user.pause();
                    client.connect(port, "127.0.0.1").onSuccess(behind -> join(user, behind));
                })
                .listen(0, "127.0.0.1")
                .await(30, TimeUnit.SECONDS);
        return "https://127.0.0.1:" + server.actualPort();
    }

    private static void join(NetSocket user, NetSocket behind) {
        user.handler(behind::write).closeHandler(gone -> behind.close());
        behind.handler(user::write).closeHandler(gone -> user.close());
        user.resume();
    }

    private Path certificate() throws Exception {
        var file = folder.resolve("server.pem");
        keytool(folder.resolve("server.p12"), "-exportcert", "-rfc", "-file", file.toString());
        assertThat(Files.readString(file)).contains("BEGIN CERTIFICATE");
        return file;
    }

    private static void keytool(Path store, String... what) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(what));
        command.addAll(List.of("-alias", "server", "-storetype", "PKCS12", "-storepass", "secret", "-keystore"));
        command.add(store.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }
}
