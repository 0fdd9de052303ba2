package dev.muster.launcher.run.stress;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.kubernetes.KubeApi;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the Kubernetes API says of a HorizontalPodAutoscaler, of what it scales, and of the nodes. Blocks. */
final class Autoscaler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Autoscaler.class);

    private final Optional<Name> name;
    private final Optional<KubeApi> api;

    /** Where it is. */
    record Name(String namespace, String name) {
        private static final Pattern FORM = Pattern.compile("[a-z0-9.-]{1,253}/[a-z0-9.-]{1,253}");

        static boolean isName(String text) {
            return FORM.matcher(text).matches();
        }

        static Name of(String text) {
            var parts = text.split("/", 2);
            return new Name(parts[0], parts[1]);
        }
    }

    /**
     * What was seen at one moment.
     *
     * @param wanted replicas that the autoscaler wants
     * @param replicas that there are
     * @param ready of those the ready ones
     * @param nodes that are ready; null when they may not be seen
     */
    record View(
            int wanted, int replicas, int ready, @Nullable Integer nodes) {
        boolean hasMoreNodesThan(View other) {
            return nodes != null && other.nodes != null && nodes > other.nodes;
        }

        String nodesText() {
            return nodes == null ? "" : nodes.toString();
        }
    }

    private Autoscaler(Optional<Name> name, Optional<KubeApi> api) {
        this.name = name;
        this.api = api;
    }

    /** None: nothing is ever seen of it. */
    static Autoscaler none() {
        return new Autoscaler(Optional.empty(), Optional.empty());
    }

    /**
     * Of this name.
     *
     * @param api where to ask; closed with this
     */
    static Autoscaler of(String name, KubeApi api) {
        return new Autoscaler(Optional.of(Name.of(name)), Optional.of(api));
    }

    boolean isWatched() {
        return name.isPresent();
    }

    /**
     * What is to be seen before anything has happened; empty when there is nothing to watch.
     *
     * @throws StartException when it can't be seen
     */
    Optional<View> before() {
        if (name.isEmpty() || api.isEmpty()) {
            return Optional.empty();
        }
        var of = name.get();
        try {
            return Optional.of(view(api.get(), of));
        } catch (IOException e) {
            throw new StartException(
                    "--hpa=" + of.namespace() + "/" + of.name() + " can't be seen: " + e.getMessage()
                            + "; name a HorizontalPodAutoscaler that is there, and see that you may get it and what it"
                            + " scales",
                    e);
        }
    }

    /** What is to be seen now; empty when there is nothing to watch, or the API does not answer. */
    Optional<View> look() {
        if (name.isEmpty() || api.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(view(api.get(), name.get()));
        } catch (IOException e) {
            LOG.warn("event=autoscaler_unseen cause=\"{}\"", e.getMessage());
            return Optional.empty();
        }
    }

    private static View view(KubeApi api, Name of) throws IOException {
        var scaler =
                api.get("/apis/autoscaling/v2/namespaces/" + of.namespace() + "/horizontalpodautoscalers/" + of.name());
        var target = scaler.path("spec").path("scaleTargetRef");
        var scaled = api.get("/apis/" + target.path("apiVersion").asText("apps/v1") + "/namespaces/" + of.namespace()
                + "/" + target.path("kind").asText().toLowerCase(Locale.ROOT) + "s/"
                + target.path("name").asText());
        var status = scaled.path("status");
        int replicas = status.path("replicas").asInt();
        int desired = scaler.path("status").path("desiredReplicas").asInt();
        return new View(
                desired == 0 ? replicas : desired, // one that has not decided yet wants what there is
                replicas,
                status.path("readyReplicas").asInt(),
                nodes(api));
    }

    private static @Nullable Integer nodes(KubeApi api) {
        try {
            int ready = 0;
            for (var node : api.get("/api/v1/nodes").path("items")) {
                ready += isReady(node) ? 1 : 0;
            }
            return ready;
        } catch (IOException notAllowed) {
            return null; // a role for one namespace may not see nodes
        }
    }

    private static boolean isReady(JsonNode node) {
        for (var condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    @Override
    public void close() {
        api.ifPresent(KubeApi::close);
    }
}
