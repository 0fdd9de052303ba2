package dev.muster.testing;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A TLS HTTP/2 server that does what a real API server would not do on demand. */
public final class ScriptedServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Path folder;
    private final HttpServer server;

    /**
     * Starts one.
     *
     * @param folder for its key and its kubeconfig
     * @param script what it does with each request, on an event loop
     */
    public ScriptedServer(Path folder, Handler<HttpServerRequest> script) throws Exception {
        this.folder = folder;
        var store = folder.resolve("server.p12");
        keytool(store);
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(store.toString()).setPassword("secret")))
                .requestHandler(script)
                .listen(0, "127.0.0.1")
                .await(30, TimeUnit.SECONDS);
    }

    /** A kubeconfig that leads to it. */
    public Path kubeconfig() throws IOException {
        return Files.writeString(folder.resolve("scripted-kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: u, user: {token: x}}]
                contexts: [{name: test, context: {cluster: c, user: u}}]
                current-context: test
                """.formatted(server.actualPort()));
    }

    private static void keytool(Path store) throws Exception {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret",
                "-keystore",
                store.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed");
        }
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
