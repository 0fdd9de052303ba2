package dev.muster.kube;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which API server, and as whom: read once, and again when the server no longer takes it. Loading and renewing block, the
 * rest does not. Safe to use from any thread.
 */
public final class Access {
    private static final Path POD = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final String origin;
    private final Loader loader;
    private volatile Config config;

    private interface Loader {
        Config load() throws IOException;
    }

    private Access(String origin, Loader loader) throws IOException {
        this.origin = origin;
        this.loader = loader;
        this.config = loader.load();
    }

    /**
     * As the options say: a kubeconfig, else the pod's own service account.
     *
     * @throws IOException when there is neither, or it can't be read; the message says what to do
     */
    public static Access load(KubeOptions options, Map<String, String> environment) throws IOException {
        return load(options, environment, POD);
    }

    static Access load(KubeOptions options, Map<String, String> environment, Path pod) throws IOException {
        var kubeconfigs = new Kubeconfigs(options.kubeconfig(), environment);
        var files = kubeconfigs.files();
        if (!files.isEmpty()) {
            return new Access(
                    files.get(0).toString(), () -> override(kubeconfigs.read(files, options.context()), options));
        }
        var host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (!host.isEmpty() && Files.isReadable(pod.resolve("token"))) {
            var url = "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                    + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
            return new Access("the pod's service account", () -> override(inPod(url, pod), options));
        }
        if (options.server() != null) {
            return new Access("--kube-server", () -> override(Config.empty(), options));
        }
        throw new IOException("there is no kubeconfig (neither ~/.kube/config nor KUBECONFIG) and this is no pod: give"
                + " --kubeconfig=FILE, or have an API server of your own started with ./muster run api --server=local");
    }

    private static Config inPod(String url, Path folder) throws IOException {
        return new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl(url)
                .withCaCertFile(folder.resolve("ca.crt").toString())
                .withNamespace(Files.readString(folder.resolve("namespace")).strip())
                .withOauthTokenProvider(new TokenFile(folder.resolve("token")))
                .build();
    }

    private static Config override(Config config, KubeOptions options) {
        var server = options.server();
        if (server != null) {
            config.setMasterUrl(server);
        }
        if (options.insecure()) {
            config.setTrustCerts(true);
            config.setDisableHostnameVerification(true);
        }
        return config;
    }

    /** What is wrong with the options, one line each; empty when nothing is. */
    public static List<String> problems(KubeOptions options) {
        var server = options.server();
        return server == null || server.matches("https?://[^/\\s]+/?")
                ? List.of()
                : List.of("--kube-server must be like https://host:6443, not '" + server + "'");
    }

    /** Where the API server is. */
    public URI server() {
        return URI.create(config.getMasterUrl());
    }

    /** The namespace of the context. */
    public Optional<String> namespace() {
        return Optional.ofNullable(config.getNamespace());
    }

    /** The name of the kubeconfig's context that these are; empty without a kubeconfig. */
    public Optional<String> context() {
        return Optional.ofNullable(config.getCurrentContext()).map(NamedContext::getName);
    }

    /** Which settings these are, for a user: {@code context kind-dev of /home/me/.kube/config}. */
    public String text() {
        return context().map(name -> "context " + name + " of " + origin).orElse(origin);
    }

    /** What requests carry as {@code Authorization}; empty when a certificate says who we are, or nothing does. */
    public Optional<String> authorization() {
        var user = config.getUsername();
        var password = config.getPassword();
        if (user != null && password != null) {
            var both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
        }
        return Optional.ofNullable(token()).filter(token -> !token.isEmpty()).map(token -> "Bearer " + token);
    }

    private @Nullable String token() {
        if (config.getOauthTokenProvider() instanceof TokenFile file) {
            return file.known();
        }
        return config.getOauthToken() != null ? config.getOauthToken() : config.getAutoOAuthToken();
    }

    /** Whether the credentials change by themselves, so that they are to be renewed every minute. */
    boolean rotates() {
        return config.getOauthTokenProvider() != null;
    }

    /**
     * Reads the credentials again: from the pod's file or the kubeconfig, whose exec plugin is run.
     *
     * @return whether they are others than before
     */
    boolean renew() throws IOException {
        var before = authorization();
        if (config.getOauthTokenProvider() instanceof TokenFile file) {
            file.renew();
        } else {
            config = loader.load();
        }
        return !authorization().equals(before);
    }

    /** A fabric8 client with these settings, for what is not measured. The caller closes it; its calls block. */
    public KubernetesClient client() {
        return client(transport -> {});
    }

    /**
     * The same.
     *
     * @param listening may put interceptors on its way to the server
     */
    public KubernetesClient client(Consumer<HttpClient.Builder> listening) {
        HttpClient.Factory factory = new JdkHttpClientFactory();
        // With a 401 an API server says GOAWAY, at which the JDK's client loses the answer and tries again for 20 s.
        config.setHttp2Disable(true);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(factory)
                .withHttpClientBuilderConsumer(listening)
                .build();
    }

    Config config() {
        return config;
    }
}
