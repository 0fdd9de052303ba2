package dev.muster.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Command;
import dev.muster.bus.Credential;
import dev.muster.bus.FaultNews;
import dev.muster.bus.FaultPlan;
import dev.muster.bus.FaultPlan.Fault;
import dev.muster.bus.StopProcess;
import dev.muster.bus.Stored;
import dev.muster.node.Identity;
import dev.muster.testing.ApiServer;
import dev.muster.testing.TestNode;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role against a real API server, whose nodes and pods are objects alone: no kubelet is needed to lose them. */
class FaultsVerticleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Credential TOKEN = new Credential("t0ken");

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<FaultNews> news = new CopyOnWriteArrayList<>();
    private final List<StopProcess> stopped = new CopyOnWriteArrayList<>();
    private final String node = "node-" + UUID.randomUUID();

    @SuppressWarnings("NullAway.Init") // before each test that needs it
    private KubernetesClient client;

    @BeforeEach
    void listen() {
        BusCodecs.register(vertx.eventBus());
        vertx.eventBus().<FaultNews>consumer(Addresses.FAULT_NEWS, message -> news.add(message.body()));
        vertx.eventBus().<StopProcess>consumer(Addresses.STOP_PROCESS, message -> {
            stopped.add(message.body());
            message.reply(Stored.INSTANCE);
        });
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(60, TimeUnit.SECONDS);
    }

    @Test
    void shouldHaveTheRunEndItsProcessesAtTheirTimes() throws Exception {
        deploy(null);

        plan(
                new Fault(1, 0, "stop-process", Map.of("target", "store", "children", "true", "back", "250")),
                new Fault(2, 300, "stop-process", Map.of("target", "pod-1", "signal", "TERM", "back", "never")));
        await().atMost(PATIENCE).until(() -> over(2));

        assertThat(stopped)
                .containsExactly(
                        new StopProcess(TOKEN, "store", true, true, 250),
                        new StopProcess(TOKEN, "pod-1", false, false, -1));
        assertThat(phases(1)).containsExactly(FaultNews.Phase.BEGUN, FaultNews.Phase.OVER);
        assertThat(begun(2) - begun(1)).isGreaterThanOrEqualTo(250);
    }

    @Test
    void shouldTakeOnePlanOnlyAndFromThoseWhoMayAlone() throws Exception {
        deploy(null);

        assertThatThrownBy(() -> ask(new FaultPlan(Credential.NONE, List.of())))
                .isInstanceOf(ReplyException.class)
                .hasMessageContaining("token");
        ask(new FaultPlan(TOKEN, List.of()));
        assertThatThrownBy(() -> ask(new FaultPlan(TOKEN, List.of()))).hasMessageContaining("already");
    }

    @Test
    void shouldBeginNothingAfterTheEnd() throws Exception {
        deploy(null);
        plan(new Fault(1, 600_000, "stop-process", Map.of("target", "store")));

        end();

        assertThat(stopped).isEmpty();
        assertThat(news).isEmpty();
    }

    @Test
    void shouldDeleteSomePodsByTheirLabels() throws Exception {
        connect();
        var pods = List.of(pod("a", "victim", null), pod("b", "victim", null), pod("c", "victim", null));
        var other = pod("d", "other", null);

        plan(new Fault(
                1, 0, "delete-pods", Map.of("target", "app=victim-" + node, "count", "2", "grace", "0", "seed", "5")));
        await().atMost(PATIENCE).until(() -> over(1));

        assertThat(pods).filteredOn(this::isThere).hasSize(1);
        assertThat(isThere(other)).isTrue();
        assertThat(text(1)).startsWith("deleted ");
    }

    @Test
    void shouldFailWhenThereIsNoSuchPodAndGoOnWithTheNextFault() throws Exception {
        connect();

        plan(
                new Fault(1, 0, "delete-pods", Map.of("target", "app=nobody-" + node)),
                new Fault(2, 100, "stop-process", Map.of("target", "store")));
        await().atMost(PATIENCE).until(() -> over(2));

        assertThat(phases(1)).containsExactly(FaultNews.Phase.FAILED);
        assertThat(text(1)).isEqualTo("there is no pod app=nobody-" + node);
    }

    @Test
    void shouldDrainANodeAndUncordonItAtTheEndOfTheLoad() throws Exception {
        connect();
        node(true);
        var moved = pod("moved", "any", node);
        var elsewhere = pod("elsewhere", "any", null);
        var mirror = pod("mirror", "any", node, Map.of("kubernetes.io/config.mirror", "x"));

        plan(new Fault(1, 0, "drain-node", Map.of("target", node, "back", "600000")));
        await().atMost(PATIENCE).until(() -> !isThere(moved));

        assertThat(unschedulable()).isTrue();
        assertThat(isThere(elsewhere)).isTrue();
        assertThat(isThere(mirror)).isTrue();
        end();
        assertThat(unschedulable()).isFalse();
        assertThat(text(1)).isEqualTo("moved 1 pod away, and uncordoned it");
    }

    @Test
    void shouldLeaveANodeCordonedThatWasSoBefore() throws Exception {
        connect();
        node(true);
        client.nodes().withName(node).edit(each -> new NodeBuilder(each)
                .editOrNewSpec()
                .withUnschedulable(true)
                .endSpec()
                .build());

        plan(new Fault(1, 0, "drain-node", Map.of("target", node, "back", "0")));
        await().atMost(PATIENCE).until(() -> over(1));

        assertThat(unschedulable()).isTrue();
    }

    @Test
    void shouldTellWhenANodeIsLostAndComesBack() throws Exception {
        connect();
        node(true);

        plan(new Fault(1, 0, "lose-node", Map.of("target", node, "within", "60000")));
        node(false);
        await().atMost(PATIENCE).until(() -> phases(1).contains(FaultNews.Phase.BEGUN));
        node(true);

        await().atMost(PATIENCE).until(() -> over(1));
        assertThat(text(1)).isEqualTo(node + " was seen not to be ready, and ready again");
    }

    @Test
    void shouldLoseANodeByACommandAndSayWhatThatSaidWhenItFails() throws Exception {
        connect();
        node(true);
        var lost = folder.resolve("lost");
        var back = folder.resolve("back");

        plan(
                new Fault(
                        1,
                        0,
                        "lose-node",
                        Map.of(
                                "target",
                                node,
                                "command",
                                "touch " + lost,
                                "back-command",
                                "touch " + back,
                                "back",
                                "10")),
                new Fault(2, 0, "lose-node", Map.of("target", node, "command", "echo no power switch; exit 3")));
        await().atMost(PATIENCE).until(() -> over(1) && phases(2).contains(FaultNews.Phase.FAILED));

        assertThat(lost).exists();
        assertThat(back).exists();
        assertThat(text(2)).contains("ended with code 3: no power switch");
    }

    private void connect() throws Exception {
        var server = ApiServer.shared();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(server.kubeconfig())))
                .build();
        deploy(server.kubeconfig());
    }

    private void deploy(@Nullable Path kubeconfig) throws Exception {
        var identity = new Identity("faults", "1", "test", "faults");
        var options = new FaultsOptions() {
            @Override
            public @Nullable Path kubeconfig() {
                return kubeconfig;
            }

            @Override
            public @Nullable String context() {
                return null;
            }
        };
        var verticle = new FaultsVerticle(options, TestNode.of(identity, TOKEN, 0));
        vertx.deployVerticle(verticle).await(60, TimeUnit.SECONDS);
    }

    private void plan(Fault... faults) throws Exception {
        ask(new FaultPlan(TOKEN, List.of(faults)));
    }

    private void ask(FaultPlan plan) throws Exception {
        vertx.eventBus().request(Addresses.FAULT_PLAN, plan).await(60, TimeUnit.SECONDS);
    }

    private void end() throws Exception {
        var stop = new Command(TOKEN, Command.Action.STOP, Map.of());
        vertx.eventBus().request(Addresses.command("faults"), stop).await(60, TimeUnit.SECONDS);
    }

    private boolean over(int number) {
        return phases(number).contains(FaultNews.Phase.OVER);
    }

    private List<FaultNews.Phase> phases(int number) {
        return news.stream()
                .filter(each -> each.number() == number)
                .map(FaultNews::phase)
                .toList();
    }

    private long begun(int number) {
        return news.stream()
                .filter(each -> each.number() == number && each.phase() == FaultNews.Phase.BEGUN)
                .findFirst()
                .orElseThrow()
                .epochMillis();
    }

    private String text(int number) {
        return news.stream()
                .filter(each -> each.number() == number)
                .reduce((before, last) -> last)
                .orElseThrow()
                .text();
    }

    private Pod pod(String name, String app, @Nullable String where) {
        return pod(name, app, where, Map.of());
    }

    private Pod pod(String name, String app, @Nullable String where, Map<String, String> annotations) {
        return client.pods()
                .inNamespace("default")
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name + "-" + node)
                        .addToLabels("app", app + "-" + node)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(where)
                        .withTerminationGracePeriodSeconds(0L)
                        .addNewContainer()
                        .withName("c")
                        .withImage("none")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private boolean isThere(Pod pod) {
        return client.pods()
                        .inNamespace("default")
                        .withName(pod.getMetadata().getName())
                        .get()
                != null;
    }

    /** Makes the node, or says anew whether it is ready. */
    private void node(boolean ready) {
        if (client.nodes().withName(node).get() == null) {
            client.nodes()
                    .resource(new NodeBuilder()
                            .withNewMetadata()
                            .withName(node)
                            .endMetadata()
                            .build())
                    .create();
        }
        client.nodes().withName(node).editStatus(each -> withReady(each, ready));
    }

    private static Node withReady(Node each, boolean ready) {
        return new NodeBuilder(each)
                .editOrNewStatus()
                .withConditions()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }

    private boolean unschedulable() {
        return Boolean.TRUE.equals(client.nodes().withName(node).get().getSpec().getUnschedulable());
    }
}
