package dev.muster.launcher.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.muster.launcher.command.StartException;
import dev.muster.testing.ApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deployments and nodes of a real kube-apiserver, which has nobody who would start a pod. */
class WorkloadsTest {
    private static final String NAMESPACE = "workloads";

    private ClusterApi api;
    private KubernetesClient client;
    private Workloads workloads;

    @BeforeEach
    void deploy() {
        var server = ApiServer.shared();
        api = ClusterApi.connect(
                Map.of("KUBECONFIG", server.kubeconfig().toString()), "a test", Duration.ofSeconds(10));
        client = api.access().client();
        workloads = new Workloads(api, NAMESPACE);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.load(new ByteArrayInputStream("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: minion, namespace: workloads}
                spec:
                  replicas: 3
                  selector: {matchLabels: {tier: load, app: minion}}
                  template:
                    metadata: {labels: {tier: load, app: minion}}
                    spec:
                      containers:
                        - name: minion
                          image: busybox
                          args: [--role=minion, --minion-count=10, --minion-hold]
                          resources: {requests: {cpu: 5m, memory: 16Mi}}
                """.getBytes(UTF_8))).serverSideApply();
    }

    @AfterEach
    void close() {
        client.apps().deployments().inNamespace(NAMESPACE).delete();
        client.nodes().withName("big").delete();
        client.nodes().withName("cordoned").delete();
        client.close();
        api.close();
    }

    @Test
    void shouldSayWhatADeploymentIsNow() throws Exception {
        var minion = workloads.get("minion");

        assertThat(minion.replicas()).isEqualTo(3);
        assertThat(minion.ready()).isZero();
        assertThat(minion.selector()).isEqualTo("app=minion,tier=load");
        assertThat(minion.demand()).isEqualTo(new Demand(0.005, 16 * 1024 * 1024));
        assertThat(minion.demand()).hasToString("5m CPU and 16Mi of memory");
        assertThat(workloads.pods(minion)).isEmpty();
        assertThat(workloads.find("nobody")).isEmpty();
    }

    @Test
    void shouldScaleAndGiveOtherArgumentsAndTakeThemBack() throws Exception {
        var before = workloads.get("minion");

        workloads.scale("minion", 400);
        workloads.setArguments(
                "minion", before.argumentsWith(List.of("--minion-count=20", "--minion-hold", "--minion-run=r")));

        var now = workloads.get("minion");
        assertThat(now.replicas()).isEqualTo(400);
        assertThat(now.arguments())
                .containsExactly("--role=minion", "--minion-count=20", "--minion-hold", "--minion-run=r");

        workloads.setArguments("minion", before.arguments());
        workloads.scale("minion", before.replicas());

        assertThat(workloads.get("minion")).isEqualTo(before);
    }

    @Test
    void shouldSayWhatIsMissingWhenNoPodIsReady() {
        assertThatThrownBy(() -> workloads.management("minion"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no pod of deployment/minion is ready");
        assertThatThrownBy(() -> workloads.get("nobody"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("deployments/nobody");
    }

    @Test
    void shouldSayHowManyPodsFitOnTheNodesThatTakeAny() throws Exception {
        node("big", false);
        node("cordoned", true);

        var room = Room.of(api);

        assertThat(room.closed()).isEqualTo(1);
        assertThat(room.nodes()).singleElement().satisfies(node -> {
            assertThat(node.cores()).isCloseTo(2, within(1e-9));
            assertThat(node.pods()).isEqualTo(110);
        });
        assertThat(room.fits(new Demand(0.005, 1024 * 1024)))
                .as("as many as a node may have")
                .isEqualTo(110);
        assertThat(room.fits(new Demand(0.5, 0))).as("cores").isEqualTo(4);
        assertThat(room.fits(new Demand(0, 512 * 1024 * 1024))).as("memory").isEqualTo(2);
    }

    @Test
    void shouldSayHowToReachAClusterWhenThereIsNone() {
        assertThatThrownBy(() -> ClusterApi.connect(
                        Map.of("KUBECONFIG", "/no/such/kubeconfig"), "--on=kubernetes", Duration.ofSeconds(1)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--on=kubernetes");
    }

    private void node(String name, boolean cordoned) {
        client.load(new ByteArrayInputStream("""
                apiVersion: v1
                kind: Node
                metadata: {name: %s}
                spec: {unschedulable: %b}
                """.formatted(name, cordoned).getBytes(UTF_8)))
                .serverSideApply();
        // The API server taints a new node, and a controller, which is not here, would take that away.
        client.nodes().withName(name).edit(node -> {
            node.getSpec().setTaints(List.of());
            return node;
        });
        client.nodes().withName(name).editStatus(node -> {
            node.setStatus(new NodeStatusBuilder()
                    .addToAllocatable("cpu", new Quantity("2"))
                    .addToAllocatable("memory", new Quantity("1Gi"))
                    .addToAllocatable("pods", new Quantity("110"))
                    .addNewCondition()
                    .withType("Ready")
                    .withStatus("True")
                    .endCondition()
                    .build());
            return node;
        });
    }
}
