package dev.muster.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.kube.Access;
import dev.muster.kube.KubeOptions;
import dev.muster.launcher.command.StartException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API that a kubeconfig names, or that of the cluster in whose pod this process runs. Safe to use from any thread. */
public final class ClusterApi implements KubeApi {
    private static final ObjectReader JSON = JsonMapper.builder().build().reader();
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;

    private final Access access;
    private final KubernetesClient client;

    /** The settings that apply when nothing is said. */
    private record Usual() implements KubeOptions {
        @Override
        public @Nullable Path kubeconfig() {
            return null;
        }

        @Override
        public @Nullable String context() {
            return null;
        }

        @Override
        public @Nullable String server() {
            return null;
        }

        @Override
        public boolean insecure() {
            return false;
        }
    }

    private ClusterApi(Access access, KubernetesClient client) {
        this.access = access;
        this.client = client;
    }

    /**
     * Connects with the settings that apply when nothing is said.
     *
     * @param environment that may name the kubeconfig
     * @param purpose the option that needs it
     * @param timeout of each request
     * @throws StartException when there are no settings for it, or it does not answer
     */
    public static ClusterApi connect(Map<String, String> environment, String purpose, Duration timeout) {
        return connect(new Usual(), environment, purpose, timeout);
    }

    /** The same with the settings that options name. */
    public static ClusterApi connect(
            KubeOptions options, Map<String, String> environment, String purpose, Duration timeout) {
        try {
            var access = Access.load(options, environment);
            var client = access.client();
            client.getConfiguration().setRequestTimeout((int) timeout.toMillis());
            client.getConfiguration().setRequestRetryBackoffLimit(0);
            return new ClusterApi(access, client).checked();
        } catch (IOException | KubernetesClientException e) {
            throw new StartException(
                    "no Kubernetes API for " + purpose + ": " + e.getMessage()
                            + "; name its kubeconfig in KUBECONFIG, or run in a pod with a service account",
                    e);
        }
    }

    private ClusterApi checked() throws IOException {
        try {
            get("/version");
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Which server it is, and as whom. */
    public Access access() {
        return access;
    }

    @Override
    public JsonNode get(String path) throws IOException {
        return find(path).orElseThrow(() -> new IOException("no " + path));
    }

    /** The object at a path; empty when there is none. */
    public Optional<JsonNode> find(String path) throws IOException {
        var answer = ask(path, "GET", null);
        return answer.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(answer.get()));
    }

    /** What is at a path, as text. */
    public String text(String path) throws IOException {
        return ask(path, "GET", null).orElseThrow(() -> new IOException("no " + path));
    }

    /** Writes an object over the one at a path. A {@link Conflict} says that it has been changed since it was read. */
    void put(String path, JsonNode object) throws IOException {
        ask(path, "PUT", object);
    }

    private Optional<String> ask(String path, String method, @Nullable JsonNode object) throws IOException {
        try {
            return Optional.ofNullable(client.raw(path, method, object));
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND && method.equals("GET")) {
                return Optional.empty();
            }
            throw failure(path, method, e);
        }
    }

    private static IOException failure(String path, String method, KubernetesClientException e) {
        var text = method + " " + path + ": " + e.getMessage();
        return switch (e.getCode()) {
            case Conflict.CODE -> new Conflict(text, e);
            case FORBIDDEN -> new IOException("not allowed: " + text, e);
            default -> new IOException(text, e);
        };
    }

    /** An object was changed meanwhile. */
    static final class Conflict extends IOException {
        private static final long serialVersionUID = 1;
        private static final int CODE = 409;

        private Conflict(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * A way to a port of a pod, as {@code kubectl port-forward} makes it. The pod takes what comes through it as coming
     * from itself. Needed is {@code create} on {@code pods/portforward}.
     */
    Tunnel tunnel(String namespace, String pod, int port) throws IOException {
        try {
            return new Tunnel(client.pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .portForward(port, InetAddress.getLoopbackAddress(), 0));
        } catch (KubernetesClientException e) {
            throw new IOException("no way to port " + port + " of pod " + pod + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
