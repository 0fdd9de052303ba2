package dev.muster.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kube.KubeOptions;
import dev.muster.kube.LocalServer;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.testing.ApiServer;
import dev.muster.testing.Cable;
import dev.muster.testing.Readings;
import dev.muster.testing.TestNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Against a real kube-apiserver. */
class WatcherTest {
    private final Vertx vertx = Vertx.vertx();
    private final Node node = TestNode.of(new Identity("one", "1", "test", "watcher"));
    private final Readings readings = new Readings(node.telemetry());

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldHearOfEachChangeOnceAndTellHowLate() throws Exception {
        try (var cluster = ApiServer.client(ApiServer.shared())) {
            create(cluster, "default", "before", "w1");
            watch(
                    ApiServer.shared(),
                    "--watcher-namespace=default",
                    "--watcher-selector=test=w1",
                    "--watcher-csv=" + folder.resolve("events.csv"));
            assertThat(readings.count(WatcherCounter.LISTED)).isEqualTo(1);

            for (int i = 0; i < 20; i++) {
                create(cluster, "default", "after-" + i, "w1");
            }
            create(cluster, "default", "other", "another");
            for (int i = 0; i < 20; i++) {
                update(cluster, "default", "after-" + i);
            }
            cluster.configMaps().inNamespace("default").withLabel("test", "w1").delete();

            eventually().until(() -> readings.count(WatcherCounter.DELETED) == 21);
            assertThat(readings.count(WatcherCounter.ADDED)).isEqualTo(20);
            assertThat(readings.count(WatcherCounter.MODIFIED)).isEqualTo(20);
            assertThat(readings.samples(WatcherMetric.LAG)).isEqualTo(40);
            assertThat(readings.sum(WatcherMetric.LAG)).isPositive();
            assertThat(readings.value(WatcherMetric.OBJECTS)).isZero();
            assertThat(readings.count(WatcherCounter.DUPLICATES)).isZero();
        }
        vertx.close().await(30, TimeUnit.SECONDS);
        var time = "\\d{4}-\\d\\d-\\d\\d [:0-9]+\\.\\d{3}";
        assertThat(Files.readAllLines(folder.resolve("events.csv")))
                .hasSize(61)
                .anyMatch(line -> line.matches(time + ",added,default/after-0,[-0-9]+T[:0-9]+Z,\\d+," + time))
                .anyMatch(line -> line.matches(time + ",deleted,default/after-0,[-0-9]+T[:0-9]+Z,\\d+,"));
    }

    @Test
    void shouldGoOnAfterEachWindowWithoutListingAnew() throws Exception {
        try (var cluster = ApiServer.client(ApiServer.shared())) {
            watch(
                    ApiServer.shared(),
                    "--watcher-namespace=default",
                    "--watcher-selector=test=w2",
                    "--watcher-window=1s");
            eventually().until(() -> readings.count(WatcherCounter.WINDOWS) >= 3);
            create(cluster, "default", "late", "w2");

            eventually().until(() -> readings.count(WatcherCounter.ADDED) == 1);
            assertThat(readings.count(WatcherCounter.LISTS)).isEqualTo(1);
            assertThat(readings.count(WatcherCounter.LOST)).isZero();
        }
    }

    @Test
    void shouldListForEachWindowAsTheOriginalDoes() throws Exception {
        watch(
                ApiServer.shared(),
                "--watcher-namespace=default",
                "--watcher-selector=test=w3",
                "--watcher-window=1s",
                "--watcher-relist");

        eventually().until(() -> readings.count(WatcherCounter.WINDOWS) >= 3);
        assertThat(readings.count(WatcherCounter.LISTS)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void shouldHearOfWhatHappenedWhileTheServerWasDead() throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"));
                var cluster = ApiServer.client(server)) {
            create(cluster, "default", "kept", "w4");
            watch(server, "--watcher-namespace=default", "--watcher-selector=test=w4");
            server.killApiServer();
            eventually().until(() -> readings.count(WatcherCounter.LOST) > 0);
            server.restartApiServer();
            create(cluster, "default", "new", "w4");

            eventually().until(() -> readings.value(WatcherMetric.OBJECTS) == 2);
            assertThat(readings.count(WatcherCounter.RECONNECTED)).isPositive();
        }
    }

    @Test
    void shouldListAnewWhenTheServerHasForgottenWhereItWas() throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"));
                var cluster = ApiServer.client(server);
                var cable = new Cable(URI.create(server.url()).getPort())) {
            create(cluster, "default", "changed", "w5");
            create(cluster, "default", "deleted", "w5");
            watch(
                    server,
                    "--watcher-namespace=default",
                    "--watcher-selector=test=w5",
                    "--kube-server=https://127.0.0.1:" + cable.port());

            cable.cut();
            update(cluster, "default", "changed");
            cluster.configMaps().inNamespace("default").withName("deleted").delete();
            ApiServer.compact(server, version(cluster));
            server.killApiServer(); // its cache still has what the store has forgotten
            server.restartApiServer();
            cable.mend();

            eventually().until(() -> readings.value(WatcherMetric.OBJECTS) == 1);
            assertThat(readings.count(WatcherCounter.GONE)).isEqualTo(1);
            assertThat(readings.count(WatcherCounter.LISTS)).isEqualTo(2);
            assertThat(readings.count(WatcherCounter.COALESCED)).isEqualTo(2);
        }
    }

    @Test
    void shouldSayWhatItMayNotWatch() {
        assertThatThrownBy(() -> watch(ApiServer.shared(), "--watcher-resource=podz"))
                .hasMessageContaining("did you mean pods?");
    }

    private void watch(LocalServer server, String... arguments) throws Exception {
        var options = options(WatcherOptions.class, only("--watcher", arguments));
        var more = Stream.concat(
                Stream.of("--kubeconfig=" + server.kubeconfig()), Arrays.stream(only("--kube", arguments)));
        var kube = options(KubeOptions.class, more.toArray(String[]::new));
        var made = Watcher.deployments(options, kube, node).get(0);
        vertx.deployVerticle(made.verticle().get()).await(60, TimeUnit.SECONDS);
    }

    private static String[] only(String prefix, String... arguments) {
        return Arrays.stream(arguments).filter(each -> each.startsWith(prefix)).toArray(String[]::new);
    }

    private static <T> T options(Class<T> type, String... arguments) {
        var line = new CommandLine(type).registerConverter(Duration.class, text -> Duration.parse("PT" + text));
        line.parseArgs(arguments);
        return type.cast(line.getCommand());
    }

    private static void create(KubernetesClient cluster, String namespace, String name, String label) {
        cluster.configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("test", label))
                        .withAnnotations(Map.of("scaletest/createTimestamp", now()))
                        .endMetadata()
                        .build())
                .create();
    }

    private static void update(KubernetesClient cluster, String namespace, String name) {
        cluster.configMaps().inNamespace(namespace).withName(name).edit((ConfigMap map) -> {
            map.getMetadata().getAnnotations().put("scaletest/updateTimestamp", now());
            return map;
        });
    }

    private static String now() {
        var now = Instant.now();
        return String.valueOf(now.getEpochSecond() * 1_000_000_000L + now.getNano());
    }

    private static long version(KubernetesClient cluster) {
        var list = cluster.configMaps().inNamespace("default").list();
        return Long.parseLong(list.getMetadata().getResourceVersion());
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40));
    }
}
