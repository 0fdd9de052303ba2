package dev.muster.launcher.kubernetes;

import static dev.muster.launcher.kubernetes.Kubectl.muster;

import dev.muster.launcher.monitoring.Queries.Query;
import dev.muster.launcher.push.RealPrometheus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A Prometheus on this machine with the configuration of {@code k8s/monitoring}. Debian's knows nothing of Kubernetes: it is
 * told the pods and nodes that there are now as the discovery would tell them, and reaches them by way of the API server.
 */
final class Monitoring implements AutoCloseable {
    private static final Path CONFIG = Kubectl.MANIFESTS.resolve("monitoring/prometheus.yml");
    private static final Path RULES =
            Kubectl.MANIFESTS.resolveSibling("dashboards").resolve("rules.yaml");
    private static final String DISCOVERY = "kubernetes_sd_configs";
    private static final String META = "__meta_kubernetes_";
    private static final String PATH = "__metrics_path__";

    private final ApiProxy server;
    private final RealPrometheus prometheus;

    private Monitoring(ApiProxy server, RealPrometheus prometheus) {
        this.server = server;
        this.prometheus = prometheus;
    }

    /** Starts it. */
    static Monitoring start(Path folder) throws IOException {
        var server = new ApiProxy();
        try {
            return new Monitoring(
                    server,
                    RealPrometheus.start(
                            folder, config(server.url().getAuthority()).encode()));
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /** JSON, which is YAML too. */
    private static JsonObject config(String server) throws IOException {
        var loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(CONFIG));
        var config = JsonObject.mapFrom(loaded).put("rule_files", JsonArray.of(RULES.toString()));
        for (var job : objects(config.getJsonArray("scrape_configs")).toList()) {
            job.remove(DISCOVERY);
            if (job.getString("job_name").equals("muster")) {
                job.put("static_configs", pods());
                job.getJsonArray("relabel_configs").add(pathByServer()).add(address(server));
            } else {
                List.of("scheme", "authorization", "tls_config").forEach(job::remove);
                job.put("static_configs", nodes(server));
            }
        }
        return config;
    }

    private static JsonObject pathByServer() {
        return JsonObject.of(
                "source_labels",
                JsonArray.of("namespace", "pod", "__address__", PATH),
                "regex",
                "([^;]+);([^;]+);[^:;]+:(\\d+);(.+)",
                "replacement",
                "/api/v1/namespaces/$1/pods/$2:$3/proxy$4",
                "target_label",
                PATH);
    }

    private static JsonObject address(String server) {
        return JsonObject.of("target_label", "__address__", "replacement", server);
    }

    /** Each port of each pod is a target, whose labels say what the API says of the pod. */
    private static JsonArray pods() {
        var targets = new JsonArray();
        objects(new JsonObject(muster("get", "pods", "-o", "json")).getJsonArray("items"))
                .forEach(pod -> {
                    var metadata = pod.getJsonObject("metadata");
                    var status = pod.getJsonObject("status");
                    var labels = JsonObject.of(
                            META + "namespace", metadata.getString("namespace"),
                            META + "pod_name", metadata.getString("name"),
                            META + "pod_node_name", pod.getJsonObject("spec").getString("nodeName"),
                            META + "pod_phase", status.getString("phase"));
                    metadata.getJsonObject("annotations", new JsonObject())
                            .forEach(annotation -> labels.put(
                                    META + "pod_annotation_"
                                            + annotation.getKey().replaceAll("[^a-zA-Z0-9]", "_"),
                                    annotation.getValue()));
                    objects(pod.getJsonObject("spec").getJsonArray("containers"))
                            .flatMap(container -> objects(container.getJsonArray("ports", new JsonArray())))
                            .map(port -> status.getString("podIP") + ":" + port.getInteger("containerPort"))
                            .forEach(address ->
                                    targets.add(JsonObject.of("targets", JsonArray.of(address), "labels", labels)));
                });
        return targets;
    }

    private static JsonArray nodes(String server) {
        var targets = new JsonArray();
        Kubectl.ok("get", "nodes", "-o", "name")
                .lines()
                .map(name -> name.replace("node/", ""))
                .forEach(node -> {
                    var path = "/api/v1/nodes/" + node + "/proxy/metrics/resource";
                    targets.add(JsonObject.of(
                            "targets", JsonArray.of(server), "labels", JsonObject.of(PATH, path, "instance", node)));
                });
        return targets;
    }

    /** The queries for which there is no data now. */
    List<Query> withoutData(List<Query> queries) throws Exception {
        var empty = new ArrayList<Query>();
        for (var query : queries) {
            if (prometheus.query(query.text()).isEmpty()) {
                empty.add(query);
            }
        }
        return empty;
    }

    /** The pods that it could scrape the last time. */
    Set<String> scraped() throws Exception {
        return objects(prometheus.query("up{job=\"muster\"} == 1"))
                .map(series -> series.getJsonObject("metric").getString("pod"))
                .collect(Collectors.toSet());
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::getJsonObject);
    }

    @Override
    public void close() {
        prometheus.close();
        server.close();
    }
}
