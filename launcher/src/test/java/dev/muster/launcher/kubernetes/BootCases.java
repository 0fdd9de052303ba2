package dev.muster.launcher.kubernetes;

import static dev.muster.launcher.kubernetes.ClusterUnderTest.PATIENCE;
import static dev.muster.launcher.kubernetes.Kubectl.muster;
import static dev.muster.launcher.kubernetes.Pods.MINION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Minions, and the master and its database when they are deleted. */
interface BootCases {
    int MINIONS = 50;

    @Test
    @Order(2)
    default void shouldRegisterEveryShellMinion() {
        MINION.scale(MINIONS);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Registrations.listed()).hasSize(MINIONS));
        assertThat(Registrations.listed()).isEqualTo(MINION.uids());
        assertThat(MINION.restarts()).as(MINION.ends()).isZero();
    }

    @Test
    @Order(4)
    default void shouldLoseNoAcknowledgedRegistrationWhenMasterAndDatabaseAreDeleted() throws Exception {
        MINION.scale(0);
        await().atMost(PATIENCE).until(() -> MINION.names().isEmpty());
        var before = Registrations.listed();

        try (var registrar = new Registrar()) {
            MINION.scale(MINIONS);
            for (var name : List.of("master", "mariadb")) {
                awaitProgress(registrar);
                muster("delete", "pod", "-l", "app=" + name);
            }
            awaitProgress(registrar);
            // A minion that was told that it is stored does not come again: if its row were lost, it would stay
            // missing.
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(Registrations.listed())
                    .containsAll(before)
                    .containsAll(MINION.uids()));
            registrar.stop();

            assertThat(Registrations.stored()).containsAll(before).containsAll(registrar.acknowledged());
        }
        assertThat(Registrations.stored()).isEqualTo(Registrations.listed()).hasSize(Registrations.count());
        assertThat(MINION.uids()).hasSize(MINIONS);
        assertThat(MINION.restarts()).as(MINION.ends()).isZero();
        MINION.scale(0);
    }

    private static void awaitProgress(Registrar registrar) {
        int known = registrar.acknowledged().size();
        await().atMost(PATIENCE).until(() -> registrar.acknowledged().size() >= known + 100);
    }
}
