package dev.muster.launcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.kube.Access;
import dev.muster.kube.KubeOptions;
import dev.muster.launcher.command.StartException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API that the kubeconfig names, or that of the cluster in whose pod this process runs. */
final class ClusterApi implements KubeApi {
    private static final ObjectReader JSON = JsonMapper.builder().build().reader();
    /** Who looks twice a second wants the next answer rather than a late one. */
    private static final int TIMEOUT_MILLIS = 2_000;

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

    private ClusterApi(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Connects.
     *
     * @param environment that may name the kubeconfig
     * @throws StartException when there are no settings for it, or it does not answer
     */
    static ClusterApi connect(Map<String, String> environment) {
        try {
            var client = Access.load(new Usual(), environment).client();
            client.getConfiguration().setRequestTimeout(TIMEOUT_MILLIS);
            client.getConfiguration().setRequestRetryBackoffLimit(0);
            return new ClusterApi(client).checked();
        } catch (IOException | KubernetesClientException e) {
            throw new StartException(
                    "no Kubernetes API for --hpa: " + e.getMessage()
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

    @Override
    public JsonNode get(String path) throws IOException {
        try {
            var answer = client.raw(path);
            if (answer == null) {
                throw new IOException("no " + path);
            }
            return JSON.readTree(answer);
        } catch (KubernetesClientException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
