package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kube.PodLife.Stage;
import dev.muster.measure.EpochClock;
import dev.muster.testing.ApiServer;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real kube-apiserver; the test is the scheduler and the kubelet. */
class PodWatchTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTellEachStageOfAPodWhenTheApiDoes() throws Exception {
        var access = Kube.access(ApiServer.shared());
        try (var cluster = access.client();
                var watch = PodWatch.start(access, "default", "app=w1")) {
            long before = EpochClock.system().nanos();
            var pod = create(cluster, "p1", "w1");
            create(cluster, "other", "another");
            eventually().until(() -> watch.reached(Stage.CREATED) == 1);
            bind(cluster, "p1", "node-7");
            condition(cluster, "p1", "PodScheduled");
            eventually().until(() -> watch.reached(Stage.SCHEDULED) == 1);
            condition(cluster, "p1", "PodReadyToStartContainers");
            eventually().until(() -> watch.reached(Stage.SANDBOX) == 1);
            pulled(
                    cluster,
                    pod,
                    "Successfully pulled image \"minion:1\" in 1m2.5s (63s including waiting)."
                            + " Image size: 7340032 bytes.");
            eventually().until(() -> watch.reached(Stage.PULLED) == 1);
            running(cluster, "p1");
            eventually().until(() -> watch.reached(Stage.RUNNING) == 1);
            assertThat(watch.gauges())
                    .containsOnly(Map.entry("kube.pods.running", 1.0), Map.entry("kube.pods.ready", 0.0));
            condition(cluster, "p1", "Ready");
            eventually().until(() -> watch.reached(Stage.READY) == 1);
            assertThat(watch.gauges()).containsEntry("kube.pods.ready", 1.0);

            var life = watch.pods().get(0);
            assertThat(watch.pods()).hasSize(1);
            assertThat(life.uid()).isEqualTo(pod.getMetadata().getUid());
            assertThat(life.node()).isEqualTo("node-7");
            var seen = List.of(Stage.CREATED, Stage.SCHEDULED, Stage.SANDBOX, Stage.PULLED, Stage.STARTED, Stage.READY)
                    .stream()
                    .map(stage -> life.seen(stage).orElseThrow())
                    .toList();
            assertThat(seen).isSorted().allMatch(at -> at > before);
            assertThat(life.stages().get(Stage.STARTED))
                    .isNotNull()
                    .extracting(PodLife.Told::apiNanos)
                    .isEqualTo(1_700_000_000_000_000_000L);
            assertThat(life.pull()).contains(new PodLife.ImagePull(62_500_000_000L, 7_340_032, false));
            assertThat(watch.relists()).isZero();
        }
    }

    @Test
    void shouldNotTakeForNewsWhatHappenedBeforeItWatched() throws Exception {
        var access = Kube.access(ApiServer.shared());
        try (var cluster = access.client()) {
            create(cluster, "p2", "w2");
            condition(cluster, "p2", "PodScheduled");
            try (var watch = PodWatch.start(access, "default", "app=w2")) {
                eventually().until(() -> watch.reached(Stage.SCHEDULED) == 1);
                running(cluster, "p2");
                eventually().until(() -> watch.reached(Stage.RUNNING) == 1);

                var life = watch.pods().get(0);
                assertThat(life.stages()).containsKey(Stage.SCHEDULED);
                assertThat(life.seen(Stage.CREATED)).isEmpty();
                assertThat(life.seen(Stage.SCHEDULED)).isEmpty();
                assertThat(life.seen(Stage.RUNNING)).isPresent();
            }
        }
    }

    @Test
    void shouldTellAPodFromTheOneThatReplacedItAndKeepBoth() throws Exception {
        var access = Kube.access(ApiServer.shared());
        try (var cluster = access.client();
                var watch = PodWatch.start(access, "default", "app=w3")) {
            for (int i = 1; i <= 2; i++) {
                int count = i;
                create(cluster, "p3", "w3");
                eventually().until(() -> watch.reached(Stage.CREATED) == count);
                cluster.pods()
                        .inNamespace("default")
                        .withName("p3")
                        .withGracePeriod(0)
                        .delete();
                eventually()
                        .until(() ->
                                watch.pods().stream().filter(PodLife::deleted).count() == count);
            }
        }
    }

    @Test
    void shouldHearOfWhatHappenedWhileTheServerWasDead() throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"))) {
            var access = Kube.access(server);
            try (var cluster = access.client();
                    var watch = PodWatch.start(access, "default", "")) {
                create(cluster, "p4", "w4");
                eventually().until(() -> watch.reached(Stage.CREATED) == 1);
                server.killApiServer();
                server.restartApiServer();
                running(cluster, "p4");

                eventually().until(() -> watch.reached(Stage.RUNNING) == 1);
            }
        }
    }

    @Test
    void shouldSayWhatItNeedsWhenItMayNotWatch() throws Exception {
        try (var kube = Kube.shared()) {
            var token = kube.serviceAccount("default", "blind");
            var access = Kube.access(ApiServer.shared(), token, folder);

            assertThatThrownBy(() -> PodWatch.start(access, "default", ""))
                    .hasMessageContaining("needed are list and watch on pods and events");
        }
    }

    @Test
    void shouldReadWhatAKubeletWritesOfAnImage() {
        assertThat(pull("Successfully pulled image \"a\" in 812ms (812ms including waiting). Image size: 5 bytes."))
                .isEqualTo(new PodLife.ImagePull(812_000_000, 5, false));
        assertThat(pull("Successfully pulled image \"a\" in 1.5s"))
                .isEqualTo(new PodLife.ImagePull(1_500_000_000, 0, false));
        assertThat(pull("Container image \"a\" already present on machine and can be accessed by the pod"))
                .isEqualTo(new PodLife.ImagePull(0, 0, true));
    }

    private static PodLife.ImagePull pull(String message) {
        return PodStages.pull(new EventBuilder().withMessage(message).build());
    }

    private static Pod create(KubernetesClient cluster, String name, String app) {
        return cluster.pods()
                .inNamespace("default")
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("app", app))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage("minion:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    /** As a scheduler does. */
    private static void bind(KubernetesClient cluster, String pod, String node) {
        cluster.bindings()
                .inNamespace("default")
                .resource(new BindingBuilder()
                        .withNewMetadata()
                        .withName(pod)
                        .endMetadata()
                        .withNewTarget()
                        .withKind("Node")
                        .withName(node)
                        .endTarget()
                        .build())
                .create();
    }

    private static void condition(KubernetesClient cluster, String pod, String type) {
        cluster.pods().inNamespace("default").withName(pod).editStatus(before -> {
            var status = new PodStatusBuilder(before.getStatus())
                    .removeMatchingFromConditions(each -> each.getType().equals(type))
                    .addToConditions(new PodConditionBuilder()
                            .withType(type)
                            .withStatus("True")
                            .withLastTransitionTime(Instant.now().toString())
                            .build())
                    .build();
            return new PodBuilder(before).withStatus(status).build();
        });
    }

    private static void running(KubernetesClient cluster, String pod) {
        cluster.pods().inNamespace("default").withName(pod).editStatus(before -> new PodBuilder(before)
                .withStatus(new PodStatusBuilder(before.getStatus())
                        .withPhase("Running")
                        .withContainerStatuses(new ContainerStatusBuilder()
                                .withName("c")
                                .withImage("minion:1")
                                .withImageID("x")
                                .withReady(true)
                                .withRestartCount(0)
                                .withNewState()
                                .withNewRunning()
                                .withStartedAt("2023-11-14T22:13:20Z")
                                .endRunning()
                                .endState()
                                .build())
                        .build())
                .build());
    }

    private static void pulled(KubernetesClient cluster, Pod pod, String message) {
        cluster.v1()
                .events()
                .inNamespace("default")
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(pod.getMetadata().getName() + ".pulled")
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind("Pod")
                        .withNamespace("default")
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .endInvolvedObject()
                        .withReason("Pulled")
                        .withMessage(message)
                        .withType("Normal")
                        .withFirstTimestamp(Instant.now().toString())
                        .build())
                .create();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40));
    }
}
