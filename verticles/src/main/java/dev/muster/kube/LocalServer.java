package dev.muster.kube;

import dev.muster.child.Child;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real etcd and kube-apiserver as child processes, for where there is no cluster: on loopback, with a random token, a
 * certificate of their own and an empty store that is thrown away. Both end with this process, even when it is killed.
 * Starting and closing block; call them from outside the event loops.
 */
public final class LocalServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Settings settings;
    private final LocalFiles files;
    private final int etcdPort;
    private final int port;
    private final Child etcd;
    private Child server;

    /**
     * What to start.
     *
     * @param binaries the folder of the programs, of {@link ServerBinaries}
     * @param folder for their data, made when it is missing and deleted in the end
     * @param flags of kube-apiserver, beside those that it needs
     */
    public record Settings(Path binaries, Path folder, List<String> flags) {
        public Settings {
            flags = List.copyOf(flags);
        }
    }

    private LocalServer(Settings settings, LocalFiles files) throws IOException {
        this.settings = settings;
        this.files = files;
        this.etcdPort = freePort();
        this.port = freePort();
        this.etcd = startEtcd();
        this.server = startServer();
    }

    /**
     * Starts both, and waits until the API server is ready: some seconds.
     *
     * @throws IOException when one can't be started; the message holds the end of its log
     */
    public static LocalServer start(Settings settings) throws IOException {
        var server =
                new LocalServer(settings, LocalFiles.write(settings.folder().toAbsolutePath()));
        try {
            server.awaitReady();
            server.files.writeKubeconfig(server.url());
        } catch (IOException e) {
            server.close();
            throw e;
        }
        LOG.info("event=apiserver_started url={} pid={} etcd_pid={}", server.url(), server.pid(), server.etcd.pid());
        return server;
    }

    /** Where the API server listens: {@code https://127.0.0.1:PORT}. */
    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** The bearer token of a user who may do everything. */
    public String token() {
        return files.token();
    }

    /** A kubeconfig for that user. */
    public Path kubeconfig() {
        return files.kubeconfig();
    }

    /** The certificates to trust, as PEM. */
    public Path authority() {
        return files.certificate();
    }

    /** Where etcd listens, without authentication: {@code http://127.0.0.1:PORT}. */
    public String etcdUrl() {
        return "http://127.0.0.1:" + etcdPort;
    }

    /** The API server's process id. */
    public long pid() {
        return server.pid();
    }

    /** Kills the API server; etcd goes on. */
    public void killApiServer() throws IOException {
        server.kill();
    }

    /** Starts the API server again, on the same port with the same store, and waits until it is ready. */
    public void restartApiServer() throws IOException {
        server.close();
        server = startServer();
        awaitReady();
    }

    /** Ends both at once, and deletes what they stored. */
    @Override
    public void close() throws IOException {
        server.close();
        etcd.close();
        files.delete();
    }

    private Child startEtcd() throws IOException {
        var command = List.of(
                program("etcd"),
                "--data-dir=" + files.folder().resolve("etcd"),
                "--listen-client-urls=" + etcdUrl(),
                "--advertise-client-urls=" + etcdUrl(),
                "--listen-peer-urls=http://127.0.0.1:0",
                "--log-level=warn",
                "--unsafe-no-fsync"); // nothing of it is to survive
        return start("etcd", command);
    }

    private Child startServer() throws IOException {
        var command = Stream.concat(
                Stream.of(
                        program("kube-apiserver"),
                        "--etcd-servers=" + etcdUrl(),
                        "--cert-dir=" + files.folder(),
                        "--secure-port=" + port,
                        "--bind-address=127.0.0.1",
                        "--service-account-key-file=" + files.verifyingKey(),
                        "--service-account-signing-key-file=" + files.signingKey(),
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--token-auth-file=" + files.tokens(),
                        "--authorization-mode=RBAC",
                        "--service-cluster-ip-range=10.96.0.0/16",
                        "--disable-admission-plugins=ServiceAccount"),
                settings.flags().stream());
        return start("kube-apiserver", command.toList());
    }

    private String program(String name) {
        return settings.binaries().resolve(name).toAbsolutePath().toString();
    }

    private Child start(String name, List<String> command) throws IOException {
        return Child.start(name, command, Map.of(), files.folder().resolve(name + ".log"), Child.End.KILL);
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!isReady()) {
            requireAlive("etcd", etcd);
            requireAlive("kube-apiserver", server);
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        "kube-apiserver was not ready after " + START.toSeconds() + " s: " + server.lastWords());
            }
            pause(LOOK);
        }
    }

    private void requireAlive(String name, Child child) throws IOException {
        if (!child.isAlive()) {
            throw new IOException(name + " ended while it started: " + child.lastWords());
        }
    }

    private boolean isReady() throws IOException {
        if (!Files.exists(files.certificate())) {
            return false;
        }
        var request = HttpRequest.newBuilder(URI.create(url() + "/readyz"))
                .header("Authorization", "Bearer " + token())
                .timeout(ANSWER)
                .build();
        try {
            return client().send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while kube-apiserver starts", e);
        }
    }

    private HttpClient client() throws IOException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null);
            var pem = new ByteArrayInputStream(Files.readAllBytes(files.certificate()));
            int number = 0;
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca-" + number++, each);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of kube-apiserver can't be read", e);
        }
    }

    static void pause(Duration time) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
