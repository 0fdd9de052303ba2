package dev.muster.testing;

import static org.awaitility.Awaitility.await;

import dev.muster.child.Child;
import dev.muster.kube.LocalServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kubernetes' sample-apiserver, which serves Flunders, beside a kube-apiserver that knows its users. It is asked straight, and
 * not by way of the aggregator.
 */
public final class SampleServer implements AutoCloseable {
    private static final String NEEDED = "needs sample-apiserver: GOBIN=~/.cache/muster/bin go install"
            + " k8s.io/sample-apiserver@v0.36.3, or name it in SAMPLE_APISERVER";

    private final Child child;
    private final int port;

    private SampleServer(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** Starts one; skips the calling test when there is none on this machine. */
    public static SampleServer start(LocalServer server, Path folder) throws IOException {
        var program = find();
        Part.need(program.isPresent(), NEEDED);
        int port = freePort();
        Files.createDirectories(folder);
        var command = List.of(
                program.orElseThrow().toString(),
                "--etcd-servers=" + server.etcdUrl(),
                "--secure-port=" + port,
                "--bind-address=127.0.0.1",
                "--cert-dir=" + folder,
                "--kubeconfig=" + server.kubeconfig(),
                "--authentication-kubeconfig=" + server.kubeconfig(),
                "--authorization-kubeconfig=" + server.kubeconfig(),
                "--authentication-tolerate-lookup-failure");
        var child = Child.start(
                "sample-apiserver", command, Map.of(), folder.resolve("sample-apiserver.log"), Child.End.KILL);
        var started = new SampleServer(child, port);
        await().atMost(Duration.ofSeconds(60)).until(started::listens);
        return started;
    }

    private static Optional<Path> find() {
        var home = Path.of(System.getProperty("user.home"));
        return Stream.concat(
                        Stream.ofNullable(System.getenv("SAMPLE_APISERVER")).map(Path::of),
                        Stream.of(
                                home.resolve(".cache/muster/bin/sample-apiserver"),
                                home.resolve("go/bin/sample-apiserver")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private boolean listens() throws IOException {
        if (!child.isAlive()) {
            throw new IllegalStateException("sample-apiserver ended: " + child.lastWords());
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where it listens: {@code https://127.0.0.1:PORT}, with a certificate that nobody trusts. */
    public String url() {
        return "https://127.0.0.1:" + port;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        child.close();
    }
}
