package dev.muster.launcher.kubernetes;

import static dev.muster.launcher.kubernetes.ClusterUnderTest.PATIENCE;
import static dev.muster.launcher.kubernetes.Kubectl.muster;
import static dev.muster.launcher.kubernetes.Pods.DRIVER;
import static dev.muster.launcher.kubernetes.Pods.ENGINE;
import static dev.muster.launcher.kubernetes.Pods.MINION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.launcher.monitoring.Promtool;
import dev.muster.launcher.monitoring.Queries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** All of {@code k8s/all} on a real cluster, one experiment after another, and its end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesIT implements SecurityCases, BootCases, RunCases, NodeCases {
    private static final int ENGINES = 50;
    private static final String READY = "  true";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private static boolean used;

    @BeforeAll
    static void deploy() throws Exception {
        Kubectl.need();
        ClusterUnderTest.needUnused();
        used = true;
        ClusterUnderTest.load(folder);
        ClusterUnderTest.deploy();
    }

    @AfterAll
    static void remove() {
        if (used) {
            ClusterUnderTest.remove();
        }
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Test
    @Order(5)
    void shouldHoldShellEnginesMakeThemWorkAndEndThem() throws Exception {
        ENGINE.scale(ENGINES);
        try (var broker = new PortForward("pod/broker", 8080)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            broker.get("/stats").body())
                    .contains("active tcp connections: " + ENGINES + " (registered engines : " + ENGINES + ")"));

            assertThat(broker.get("/dowork?time=10").body()).contains("sent to " + ENGINES + " engines");
            assertThat(broker.get("/kill?code=0").body()).contains("sent to " + ENGINES + " engines");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ENGINE.restarts()).isGreaterThanOrEqualTo(ENGINES));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(broker.get("/stats").body()).contains("active tcp connections: " + ENGINES));
        }
        ENGINE.scale(0);
    }

    @Test
    @Order(6)
    void shouldDriveTheServerAndHearOfEveryChange() {
        DRIVER.arguments("--role=driver", "--driver-mode=closed", "--driver-objects=100", "--driver-rate=50");
        DRIVER.scale(1);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Collected.figure("driver.created"))
                .isEqualTo(100));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Collected.figure("driver.deleted"))
                .isEqualTo(100));
        assertThat(Collected.figure("driver.failed")).isZero();
        assertThat(Kubectl.ok("-n", "scaletest", "get", "configmaps", "-l", "purpose=scaletest", "-o", "name"))
                .isEmpty();
        DRIVER.scale(0);
    }

    /** With virtual minions and engines, since shells have no metrics. */
    @Test
    @Order(10)
    void shouldHaveDataForEveryQueryOfDashboardsAndAlerts() throws Exception {
        var streams = Pods.of("streams");
        var blocks = Pods.of("blocks-client");
        for (var overlay : List.of("java-minions", "java-engines")) {
            Kubectl.ok(
                    "apply",
                    "-k",
                    Kubectl.MANIFESTS.resolve("overlays/" + overlay).toString());
        }
        DRIVER.arguments("--role=driver", "--driver-rate=10", "--driver-objects=100000", "--driver-max-population=50");
        streams.arguments(
                "--role=streams", "--streams-url=http://store:2113", "--streams-duration=1h", "--streams-rate=1");
        blocks.arguments(
                "--role=blocks", "--blocks-base-url=https://blocks:8443", "--blocks-insecure", "--blocks-period=500ms");
        var load = List.of(MINION, ENGINE, DRIVER, streams, blocks);
        load.forEach(pods -> pods.scale(1));
        load.forEach(Pods::awaitReady);

        try (var stress = new PortForward("deployment/stress", 8080);
                var prometheus = Monitoring.start(folder())) {
            assertThat(stress.get("/stress?seconds=600&cores=1&load=10").statusCode())
                    .isLessThan(300);

            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(
                            prometheus.withoutData(Queries.all("1m")))
                    .isEmpty());
            assertThat(prometheus.scraped()).contains("broker");
            for (var app : Stream.concat(ClusterUnderTest.DEPLOYED.stream().map(Pods::of), load.stream())
                    .toList()) {
                assertThat(prometheus.scraped()).containsAnyElementsOf(app.names());
            }
            for (var pod : prometheus.scraped()) {
                Promtool.check(
                        Kubectl.ok("get", "--raw", "/api/v1/namespaces/muster/pods/" + pod + ":9090/proxy/metrics"));
            }
        }
        var names = load.stream().flatMap(pods -> pods.names().stream()).toList();
        try (var ends = new Ends()) {
            load.forEach(pods -> pods.scale(0));

            ends.awaitClean(names);
        }
    }

    @Test
    @Order(11)
    void shouldKnowThatAPodWasKilled() {
        await().atMost(PATIENCE).until(() -> Collected.alive().contains("broker"));

        muster("delete", "pod", "broker", "--grace-period=0", "--force");

        await().atMost(PATIENCE).until(() -> !Collected.alive().contains("broker"));
        Kubectl.ok("apply", "-k", ClusterUnderTest.ALL); // nobody else makes it again
    }

    @Test
    @Order(15)
    void shouldEndCleanAndLeaveNothingBehind() throws Exception {
        assertThat(Kubectl.ok("-n", "scaletest", "get", "configmaps", "-l", "purpose=scaletest", "-o", "name"))
                .isEmpty();
        await().atMost(PATIENCE).until(() -> members().allMatch(pod -> pod.endsWith(READY)));
        var pods = members().map(pod -> pod.replace(READY, "")).toList();

        try (var ends = new Ends()) {
            Kubectl.ok("delete", "--wait", "--timeout=240s", "-k", ClusterUnderTest.ALL);

            ends.awaitClean(pods);
        }
        assertThat(Kubectl.ok("get", "namespaces", "-o", "name").lines())
                .doesNotContain("namespace/muster", "namespace/scaletest");
        assertThat(Kubectl.ok(
                        "get",
                        "clusterroles,clusterrolebindings",
                        "-l",
                        "app.kubernetes.io/part-of=muster",
                        "-o",
                        "name"))
                .doesNotContain("muster");
    }

    /** The pods of the bus, each with its name, when it was deleted, and whether it is ready. */
    private static Stream<String> members() {
        return muster(
                        "get",
                        "pods",
                        "-l",
                        "muster.dev/bus=member",
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.name} {.metadata.deletionTimestamp}"
                                + " {.status.containerStatuses[0].ready}{\"\\n\"}{end}")
                .lines();
    }
}
