package dev.muster.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kube.LocalServer;
import dev.muster.kube.ServerBinaries;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real kube-apiserver for tests: one for all of a JVM, or one of a test's own that may be killed. */
public final class ApiServer {
    private static final String NEEDED =
            "needs etcd and kube-apiserver: name their folder in KUBEBUILDER_ASSETS, or run"
                    + " ./muster run api --server=local once, which builds them (Go 1.26 or newer)";

    private ApiServer() {}

    /** The one that all tests of this JVM share; skips the calling test when there is none. It ends with the JVM. */
    public static LocalServer shared() {
        return Shared.SERVER;
    }

    /** One of the calling test's own, which closes it. */
    public static LocalServer start(Path folder, String... flags) throws IOException {
        return LocalServer.start(new LocalServer.Settings(binaries(), folder, List.of(flags)));
    }

    /** A client of one, as its administrator. */
    public static KubernetesClient client(LocalServer server) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
                .build();
    }

    /** Makes a server forget all before a revision, over etcd's JSON gateway. */
    public static void compact(LocalServer server, long revision) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.etcdUrl() + "/v3/kv/compaction"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"revision\":\"" + revision + "\",\"physical\":true}"))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** The folder of the programs; skips the calling test when there is none. */
    public static Path binaries() {
        try {
            return new ServerBinaries(environment(), line -> {}).find();
        } catch (IOException e) {
            Part.need(false, NEEDED);
            throw new UncheckedIOException(e);
        }
    }

    /** The variables with which the programs are found: a cluster's folder has them as well. Nothing is built in a test. */
    public static Map<String, String> environment() {
        var environment = new HashMap<>(System.getenv());
        var cluster = Path.of(System.getProperty("user.home"), ".cache/muster/cluster/bin");
        if (!environment.containsKey(ServerBinaries.VARIABLE)
                && Files.isExecutable(cluster.resolve("kube-apiserver"))) {
            environment.put(ServerBinaries.VARIABLE, cluster.toString());
        }
        environment.remove("PATH");
        return environment;
    }

    private static final class Shared {
        static final LocalServer SERVER = start();

        private static LocalServer start() {
            try {
                var folder = Files.createTempDirectory("muster-apiserver-");
                var server = ApiServer.start(folder);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "apiserver-end"));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(LocalServer server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
