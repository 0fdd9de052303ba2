package dev.muster.informer;

import static dev.muster.informer.RunningInformer.FABRIC8;
import static dev.muster.informer.RunningInformer.PROTOBUF;
import static dev.muster.informer.RunningInformer.RAW;
import static dev.muster.informer.RunningInformer.eventually;
import static dev.muster.informer.RunningInformer.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.muster.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines against a real kube-apiserver. */
class InformerTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW, PROTOBUF})
    void shouldNotifyOfEachChangeOnceAndTellHowLate(String engine) throws Exception {
        var server = ApiServer.shared();
        var label = ConfigMaps.label();
        var csv = folder.resolve("log.csv");
        try (var cluster = ApiServer.client(server)) {
            ConfigMaps.create(cluster, label + "-before", label, ConfigMaps.now());
            eventually().until(() -> isInTheServersCache(cluster, label)); // where fabric8 lists first
            try (var informer = start(server, engine, label, "--informer-csv=" + csv)) {
                assertThat(informer.count(InformerCounter.LISTED)).isEqualTo(1);
                assertThat(informer.count(InformerCounter.ADDED)).isEqualTo(1);
                assertThat(informer.samples(InformerMetric.CREATE_LAG)).isZero();

                for (int i = 0; i < 10; i++) {
                    ConfigMaps.create(cluster, label + "-" + i, label, ConfigMaps.now());
                }
                eventually().until(() -> informer.count(InformerCounter.ADDED) == 11);
                for (int i = 0; i < 10; i++) {
                    ConfigMaps.update(cluster, label + "-" + i);
                }
                eventually().until(() -> informer.count(InformerCounter.UPDATED) == 10);
                assertThat(informer.versions()).isEqualTo(ConfigMaps.listed(cluster, label));
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
        var label = ConfigMaps.label();
        try (var cluster = ApiServer.client(server);
                var informer = start(server, engine, label, "--informer-work=2s", "--informer-compare")) {
            ConfigMaps.create(cluster, label, label, ConfigMaps.now());
            eventually().until(() -> informer.count(InformerCounter.DEQUEUED) == 1);
            for (int i = 0; i < 5; i++) {
                ConfigMaps.update(cluster, label);
            }

            eventually().until(() -> informer.count(InformerCounter.DEQUEUED) == 2);
            assertThat(informer.count(InformerCounter.UPDATED)).isEqualTo(5);
            assertThat(informer.count(InformerCounter.COALESCED)).isEqualTo(1);
            assertThat(informer.count(InformerCounter.SAME)).isZero();
            assertThat(informer.samples(InformerMetric.UPDATE_DEQUEUE_LAG)).isEqualTo(1);
            assertThat(informer.versions()).isEqualTo(ConfigMaps.listed(cluster, label));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FABRIC8, RAW})
    void shouldReadTheOriginalsTimestampsToo(String engine) throws Exception {
        var server = ApiServer.shared();
        var label = ConfigMaps.label();
        try (var cluster = ApiServer.client(server);
                var informer = start(server, engine, label)) {
            ConfigMaps.create(cluster, label, label, "2023-11-14 22:13:20.000 +0000");

            eventually().until(() -> informer.samples(InformerMetric.CREATE_LAG) == 1);
            assertThat(informer.sum(InformerMetric.CREATE_LAG))
                    .isCloseTo((double) (Instant.now().getEpochSecond() - 1_700_000_000), withinPercentage(0.2));
        }
    }

    @Test
    void shouldShowItsMetricsUnderTheOriginalsNamesToo() throws Exception {
        var server = ApiServer.shared();
        var label = ConfigMaps.label();
        try (var cluster = ApiServer.client(server);
                var informer = start(server, RAW, label, "--informer-original-metrics")) {
            ConfigMaps.create(cluster, label, label, ConfigMaps.now());
            eventually().until(() -> informer.samples(InformerMetric.CREATE_DEQUEUE_LAG) == 1);
            ConfigMaps.update(cluster, label);
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

    private static boolean isInTheServersCache(KubernetesClient cluster, String label) {
        var anyVersion = new ListOptionsBuilder().withResourceVersion("0").build();
        return !cluster.configMaps()
                .inNamespace("default")
                .withLabel("test", label)
                .list(anyVersion)
                .getItems()
                .isEmpty();
    }
}
