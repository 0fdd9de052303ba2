package dev.muster.launcher.kubernetes;

import static dev.muster.launcher.kubernetes.ClusterUnderTest.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A node that loses its cable, and one that loses its power. */
interface NodeCases {
    /** When both sides of a cut have given each other up. */
    Duration GIVEN_UP = Duration.ofSeconds(15);

    int BACK_SECONDS = 30;

    /** For results. */
    Path folder();

    @Test
    @Order(13)
    default void shouldKnowThePodsOfANodeThatIsCutOffAndHaveThemAgainAfterwards() {
        Nodes.need();
        Pods.of("watcher").stayOnLostNodes();
        Pods.of("watcher").awaitReady();
        try (var nodes = new Nodes("watcher")) {
            var watcher = Pods.of("watcher").names().iterator().next();
            await().atMost(PATIENCE).until(() -> Collected.alive().contains(watcher));
            long merged = Collected.figure("process.bus.merged");

            nodes.bring("cut");
            await().atMost(PATIENCE).until(() -> !Collected.alive().contains(watcher));
            await().atMost(PATIENCE).until(() -> Collected.silence(watcher).compareTo(GIVEN_UP) > 0);
            nodes.bring("back");

            await().atMost(PATIENCE).until(() -> Collected.alive().contains(watcher));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(Collected.figure("process.bus.merged"))
                    .isGreaterThan(merged));
        }
    }

    @Test
    @Order(14)
    default void shouldLoseNoAcknowledgedEventWhenTheNodeOfStoreAndDatabaseIsKilled() throws Exception {
        Nodes.need();
        var results = Files.createDirectory(folder().resolve("node"));
        try (var nodes = new Nodes("store", "mariadb")) {
            var faults = Files.writeString(folder().resolve("faults.yaml"), """
                    faults:
                      - at: 10s
                        lose-node: %s
                        command: %s
                        back: %ds
                        back-command: %s
                    """.formatted(
                            Nodes.LOST, nodes.command("kill"), BACK_SECONDS, nodes.command("back")));

            var run = Launched.run(
                    results,
                    "streams",
                    "--faults=" + faults,
                    "--streams-users=20",
                    "--streams-rate=5",
                    "--streams-timeout=2s",
                    "--streams-warm-up=10s",
                    "--streams-duration=110s");

            assertThat(run.value("streams.faults")).as(run.text()).isOne();
            assertThat(run.value("streams.faults.failed"))
                    .as(run.text())
                    .isPositive()
                    .isEqualTo(run.value("streams.checks.failed"));
            assertThat(run.value("streams.outage")).as(run.text()).isGreaterThan(BACK_SECONDS);
            assertThat(run.value("streams.events.read_back")).as(run.text()).isPositive();
            assertThat(run.value("streams.events.lost")).as(run.text()).isZero();
            assertThat(run.value("streams.events.duplicated")).as(run.text()).isZero();
        }
    }
}
