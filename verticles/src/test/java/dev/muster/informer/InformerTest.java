package dev.muster.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import dev.muster.kube.LocalServer;
import dev.muster.testing.ApiServer;
import dev.muster.testing.Cable;
import dev.muster.testing.SampleServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines against a real kube-apiserver. */
class InformerTest {
    private static final String FABRIC8 = "--informer-engine=fabric8";
    private static final String RAW = "--informer-engine=raw";
    private static final String PROTOBUF = RAW + " --informer-encoding=protobuf";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW, PROTOBUF})
    void shouldNotifyOfEachChangeOnceAndTellHowLate(String engine) throws Exception {
        var server = ApiServer.shared();
        var label = label();
        var csv = folder.resolve("log.csv");
        try (var cluster = client(server)) {
            create(cluster, label + "-before", label, now());
            eventually().until(() -> isInTheServersCache(cluster, label)); // where fabric8 lists first
            try (var informer = start(server, engine, label, "--informer-csv=" + csv)) {
                assertThat(informer.count(InformerCounter.LISTED)).isEqualTo(1);
                assertThat(informer.count(InformerCounter.ADDED)).isEqualTo(1);
                assertThat(informer.samples(InformerMetric.CREATE_LAG)).isZero();

                for (int i = 0; i < 10; i++) {
                    create(cluster, label + "-" + i, label, now());
                }
                eventually().until(() -> informer.count(InformerCounter.ADDED) == 11);
                for (int i = 0; i < 10; i++) {
                    update(cluster, label + "-" + i);
                }
                eventually().until(() -> informer.count(InformerCounter.UPDATED) == 10);
                assertThat(informer.versions()).isEqualTo(listed(cluster, label));
                cluster.configMaps()
                        .inNamespace("default")
                        .withLabel("test", label)
                        .delete();

                eventually().until(() -> informer.count(InformerCounter.DEQUEUED) == 32);
                assertThat(informer.count(InformerCounter.DELETED)).isEqualTo(11);
                assertThat(informer.samples(InformerMetric.CREATE_LAG)).isEqualTo(10);
                assertThat(informer.samples(InformerMetric.UPDATE_LAG)).isEqualTo(10);
                assertThat(informer.samples(InformerMetric.CREATE_DEQUEUE_LAG)).isEqualTo(10);
                assertThat(informer.samples(InformerMetric.UPDATE_DEQUEUE_LAG)).isEqualTo(10);
                assertThat(informer.sum(InformerMetric.CREATE_DEQUEUE_LAG))
                        .isGreaterThanOrEqualTo(informer.sum(InformerMetric.CREATE_LAG) * 0.999);
                assertThat(informer.samples(InformerMetric.QUEUE_TIME)).isEqualTo(32);
                assertThat(informer.count(InformerCounter.COALESCED)).isZero();
                assertThat(informer.count(InformerCounter.DUPLICATES)).isZero();
                assertThat(informer.versions()).isEmpty();
            }
        }
        assertThat(Files.readAllLines(csv))
                .hasSize(32)
                .allMatch(line -> line.matches("[-0-9]+ [:0-9.]+,(create|update|delete),default/" + label
                        + "-\\w+,[-0-9]+ [:0-9]+,\\d,\\d,\\d,[-0-9]+ [:0-9.]+,[-0-9]+ [:0-9.]+,0"))
                .anyMatch(line -> line.contains(",create,default/" + label + "-0,") && line.contains(",1,0,0,"))
                .anyMatch(line -> line.contains(",update,default/" + label + "-0,") && line.contains(",0,1,0,"))
                .anyMatch(line -> line.contains(",delete,default/" + label + "-0,2000-01-01 00:00:00,0,0,1,"));
    }

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW, PROTOBUF})
    void shouldMakeOneOfWhatChangesWhileAWorkerIsSlow(String engine) throws Exception {
        var server = ApiServer.shared();
        var label = label();
        try (var cluster = client(server);
                var informer = start(server, engine, label, "--informer-work=2s", "--informer-compare")) {
            create(cluster, label, label, now());
            eventually().until(() -> informer.count(InformerCounter.DEQUEUED) == 1);
            for (int i = 0; i < 5; i++) {
                update(cluster, label);
            }

            eventually().until(() -> informer.count(InformerCounter.DEQUEUED) == 2);
            assertThat(informer.count(InformerCounter.UPDATED)).isEqualTo(5);
            assertThat(informer.count(InformerCounter.COALESCED)).isEqualTo(1);
            assertThat(informer.count(InformerCounter.SAME)).isZero();
            assertThat(informer.samples(InformerMetric.UPDATE_DEQUEUE_LAG)).isEqualTo(1);
            assertThat(informer.versions()).isEqualTo(listed(cluster, label));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW})
    void shouldReadTheOriginalsTimestampsToo(String engine) throws Exception {
        var server = ApiServer.shared();
        var label = label();
        try (var cluster = client(server);
                var informer = start(server, engine, label)) {
            create(cluster, label, label, "2023-11-14 22:13:20.000 +0000");

            eventually().until(() -> informer.samples(InformerMetric.CREATE_LAG) == 1);
            assertThat(informer.sum(InformerMetric.CREATE_LAG))
                    .isCloseTo((double) (Instant.now().getEpochSecond() - 1_700_000_000), withinPercentage(0.2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW, PROTOBUF})
    void shouldKnowWhatAFreshListKnowsAfterTheServerWasKilled(String engine) throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"));
                var cluster = client(server)) {
            create(cluster, "changed", "dead", now());
            try (var informer = start(server, engine, "dead")) {
                server.killApiServer();
                eventually().until(() -> informer.count(InformerCounter.LOST) > 0);
                server.restartApiServer();
                create(cluster, "new", "dead", now());
                update(cluster, "changed");

                eventually().until(() -> informer.versions().equals(listed(cluster, "dead")));
                eventually().until(() -> informer.count(InformerCounter.RECONNECTED) > 0);
                assertThat(informer.versions()).hasSize(2);
                assertThat(informer.samples(InformerMetric.RECONNECT))
                        .isEqualTo(informer.count(InformerCounter.RECONNECTED));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW, PROTOBUF})
    void shouldKnowWhatAFreshListKnowsAfterTheServerForgotWhereItWas(String engine) throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"));
                var cluster = client(server);
                var cable = new Cable(URI.create(server.url()).getPort())) {
            create(cluster, "changed", "gone", now());
            create(cluster, "deleted", "gone", now());
            var through = "--kube-server=https://127.0.0.1:" + cable.port();
            try (var informer = start(server, engine, "gone", through)) {
                cable.cut();
                update(cluster, "changed");
                cluster.configMaps().inNamespace("default").withName("deleted").delete();
                compact(server, version(cluster));
                server.killApiServer(); // its cache still has what the store has forgotten
                server.restartApiServer();
                cable.mend();

                eventually().until(() -> informer.versions().equals(listed(cluster, "gone")));
                assertThat(informer.versions()).hasSize(1);
                assertThat(informer.count(InformerCounter.GONE)).isEqualTo(1);
                assertThat(informer.count(InformerCounter.RELISTS)).isEqualTo(1);
                assertThat(informer.count(InformerCounter.RELISTED)).isEqualTo(1);
                assertThat(informer.count(InformerCounter.MISSED)).isEqualTo(2);
                assertThat(informer.samples(InformerMetric.UPDATE_LAG)).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW})
    void shouldWatchFlundersStraightOnTheSampleApiserver(String engine) throws Exception {
        var server = ApiServer.shared();
        var label = label();
        try (var sample = SampleServer.start(server, folder.resolve("sample"));
                var cluster = client(server, sample.url());
                var informer = startOnFlunders(server, sample, engine, label)) {
            var flunders = flunders(cluster);
            createFlunder(flunders, label);

            eventually().until(() -> informer.samples(InformerMetric.CREATE_LAG) == 1);
            flunders.withName(label).delete();
            eventually().until(() -> informer.count(InformerCounter.DELETED) == 1);
        }
    }

    @Test
    void shouldSayThatAServerCantWriteFlundersInProtobuf() throws Exception {
        var server = ApiServer.shared();
        var label = label();
        try (var sample = SampleServer.start(server, folder.resolve("sample"));
                var cluster = client(server, sample.url())) {
            var flunders = flunders(cluster);
            // As long as there is none, the server writes the empty list.
            try (var informer = startOnFlunders(server, sample, PROTOBUF, label)) {
                createFlunder(flunders, label);

                eventually().until(() -> informer.count(InformerCounter.ERRORS) > 0);
            }
            assertThatThrownBy(() -> startOnFlunders(server, sample, PROTOBUF, label))
                    .hasMessageContaining("--informer-encoding=protobuf of flunders.v1alpha1.wardle.example.com: 406");
            flunders.withName(label).delete();
        }
    }

    @Test
    void shouldShowItsMetricsUnderTheOriginalsNamesToo() throws Exception {
        var server = ApiServer.shared();
        var label = label();
        try (var cluster = client(server);
                var informer = start(server, RAW, label, "--informer-original-metrics")) {
            create(cluster, label, label, now());
            eventually().until(() -> informer.samples(InformerMetric.CREATE_DEQUEUE_LAG) == 1);
            update(cluster, label);
            eventually().until(() -> informer.samples(InformerMetric.UPDATE_DEQUEUE_LAG) == 1);

            assertThat(informer.scrape())
                    .contains("scaletest_configmaps_create_latency_seconds_count{logger=\"one\"} 1\n")
                    .contains("scaletest_configmaps_create_latency_seconds_bucket{logger=\"one\",le=\"0.03125\"}")
                    .contains("scaletest_configmaps_updates{logger=\"one\"} 1.0\n")
                    .contains("scaletest_configmaps_stranges{logger=\"one\"} 0.0\n")
                    .contains("muster_informer_create_dequeue_lag_seconds_count 1\n");
        }
    }

    @Test
    void shouldSayWhatItCantWatch() {
        assertThatThrownBy(() -> start(ApiServer.shared(), RAW, "x", "--informer-resource=podz"))
                .hasMessageContaining("did you mean pods?");
        var options =
                RunningInformer.options(InformerOptions.class, "--informer-encoding=protobuf", "--informer-workers=0");
        assertThat(Informer.problems(options)).hasSize(2).anyMatch(line -> line.contains("--informer-engine=raw"));
    }

    private static RunningInformer start(LocalServer server, String engine, String label, String... more)
            throws Exception {
        var arguments = new ArrayList<>(List.of(engine.split(" ")));
        arguments.add("--informer-namespace=default");
        arguments.add("--informer-selector=test=" + label);
        arguments.addAll(List.of(more));
        return RunningInformer.start(server.kubeconfig(), arguments);
    }

    private static RunningInformer startOnFlunders(LocalServer server, SampleServer sample, String engine, String label)
            throws Exception {
        return start(
                server,
                engine,
                label,
                "--informer-resource=flunders.v1alpha1.wardle.example.com",
                "--kube-server=" + sample.url(),
                "--kube-insecure");
    }

    private static NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            flunders(KubernetesClient cluster) {
        return cluster.genericKubernetesResources("wardle.example.com/v1alpha1", "Flunder")
                .inNamespace("default");
    }

    private static void createFlunder(
            NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> flunders,
            String name) {
        flunders.resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("wardle.example.com/v1alpha1")
                        .withKind("Flunder")
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("test", name))
                        .withAnnotations(Map.of("scaletest/createTimestamp", now()))
                        .endMetadata()
                        .build())
                .create();
    }

    private static String label() {
        return "i" + Long.toString(System.nanoTime(), 36);
    }

    private static KubernetesClient client(LocalServer server) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
                .build();
    }

    private static KubernetesClient client(LocalServer server, String url) {
        var config = Config.fromKubeconfig(server.kubeconfig().toFile());
        config.setMasterUrl(url);
        config.setTrustCerts(true);
        config.setDisableHostnameVerification(true);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static void create(KubernetesClient cluster, String name, String label, String stamp) {
        cluster.configMaps()
                .inNamespace("default")
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("test", label))
                        .withAnnotations(Map.of("scaletest/createTimestamp", stamp))
                        .endMetadata()
                        .withData(Map.of("a", "b"))
                        .build())
                .create();
    }

    private static void update(KubernetesClient cluster, String name) {
        cluster.configMaps().inNamespace("default").withName(name).edit((ConfigMap map) -> {
            map.getMetadata().getAnnotations().put("scaletest/updateTimestamp", now());
            return map;
        });
    }

    private static boolean isInTheServersCache(KubernetesClient cluster, String label) {
        var anyVersion = new ListOptionsBuilder().withResourceVersion("0").build();
        return !cluster.configMaps()
                .inNamespace("default")
                .withLabel("test", label)
                .list(anyVersion)
                .getItems()
                .isEmpty();
    }

    private static Map<String, String> listed(KubernetesClient cluster, String label) {
        var all = new HashMap<String, String>();
        cluster.configMaps()
                .inNamespace("default")
                .withLabel("test", label)
                .list()
                .getItems()
                .forEach(map -> all.put(
                        "default/" + map.getMetadata().getName(),
                        map.getMetadata().getResourceVersion()));
        return all;
    }

    private static String now() {
        var now = Instant.now();
        return String.valueOf(now.getEpochSecond() * 1_000_000_000L + now.getNano());
    }

    private static long version(KubernetesClient cluster) {
        var list = cluster.configMaps().inNamespace("default").list();
        return Long.parseLong(list.getMetadata().getResourceVersion());
    }

    /** Over etcd's JSON gateway: all before this revision is forgotten. */
    private static void compact(LocalServer server, long revision) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.etcdUrl() + "/v3/kv/compaction"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"revision\":\"" + revision + "\",\"physical\":true}"))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40));
    }
}
