package dev.muster.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Cleaned;
import dev.muster.bus.Cleanup;
import dev.muster.bus.Credential;
import dev.muster.bus.Failure;
import dev.muster.launcher.LauncherProcess;
import dev.muster.measure.Counters;
import dev.muster.measure.HealthCounter;
import dev.muster.node.NodeMetrics;
import dev.muster.node.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of launcher.jar that share a bus on loopback, and this one as a member among them. */
class ClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> TOKEN = Map.of("MUSTER_ADMIN_TOKEN", "right");

    @TempDir
    Path folder;

    private int port;

    @BeforeEach
    void findAPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @Test
    void shouldShowEveryProcessOnEachManagementPortAndNameTheOneThatDied() throws Exception {
        try (var master = start("--role=collector,master", "--master-port=0", "--data-dir=" + folder);
                var minion = minionOf(master)) {
            await("both know of both").atMost(PATIENCE).untilAsserted(() -> {
                assertThat(stats(master)).contains("-collector-master-", "-minion-");
                assertThat(stats(minion)).contains("-collector-master-", "-minion-");
            });
            assertThat(stats(master)).doesNotContain("silent");

            minion.kill().awaitExit();

            await("silence is noticed").atMost(PATIENCE).untilAsserted(() -> assertThat(stats(master))
                    .containsPattern("-minion-.*silent for"));
            assertThat(master.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void shouldTakeAdminCommandsOverTheBusWithTheTokenAlone() throws Exception {
        try (var master = start("--role=collector,master", "--master-port=0", "--data-dir=" + folder)) {
            master.awaitEndpoint("master");
            var member = ClusterMember.join(
                    settings(),
                    HazelcastConfig.of(settings(), "test", "1", BusCodecs.PROTOCOL),
                    new Counters<>(HealthCounter.class),
                    lost -> {});
            var vertx = member.vertx(NodeMetrics.create(new Telemetry()), new VertxOptions());
            BusCodecs.register(vertx.eventBus());
            await("the master's database")
                    .atMost(PATIENCE)
                    .until(() -> master.get("management", "/readyz").statusCode() == 200);

            var without = catchThrowable(() -> cleanup(vertx, Credential.NONE));
            var wrong = catchThrowable(() -> cleanup(vertx, new Credential("wrong")));
            var cleaned = cleanup(vertx, new Credential("right"));

            assertThat(List.of(without, wrong)).allMatch(cause -> Failure.of(cause) == Failure.FORBIDDEN);
            assertThat(cleaned.minions()).isZero();
            vertx.close().await();
            member.leave();
        }
    }

    @Test
    void shouldExitWith1WhenTheClusterSpeaksAnotherProtocol() throws Exception {
        var stranger = ClusterMember.join(
                settings(),
                HazelcastConfig.of(settings(), "stranger", "9.0", 99),
                new Counters<>(HealthCounter.class),
                lost -> {});
        try (var minion = start("--role=minion")) {
            assertThat(minion.awaitExit()).isEqualTo(1);
            assertThat(minion.errors())
                    .filteredOn(line -> line.startsWith("muster:"))
                    .singleElement()
                    .asString()
                    .startsWith("muster: can't stay in the cluster: stranger at ")
                    .contains("speaks bus protocol 99, and this process " + BusCodecs.PROTOCOL);
        }
        stranger.leave();
    }

    private static Cleaned cleanup(Vertx vertx, Credential credential) {
        return vertx.eventBus()
                .<Cleaned>request(Addresses.CLEANUP, new Cleanup(credential, null))
                .await()
                .body();
    }

    private LauncherProcess minionOf(LauncherProcess master) throws IOException {
        return start("--role=minion", "--minion-master-url=" + master.awaitEndpoint("master"));
    }

    private LauncherProcess start(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--management-port=0", "--cluster=tcp:127.0.0.1:" + port, "--cluster-port=" + port));
        return LauncherProcess.start(TOKEN, all.toArray(String[]::new));
    }

    private static String stats(LauncherProcess process) throws Exception {
        return process.get("management", "/stats").body();
    }

    private ClusterSettings settings() {
        return new ClusterSettings(
                new Membership.Tcp(List.of("127.0.0.1:" + port)), InetAddress.getLoopbackAddress(), port);
    }
}
