package dev.muster.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The master as in a pod: alone in its process, with a MariaDB that somebody else runs, in a container. */
class MasterOnAnotherServerIT {
    private static final int MINIONS = 2_000;

    private static MariaDbContainer mariaDb;

    @BeforeAll
    static void startTheServer() {
        mariaDb = MariaDbContainer.start();
    }

    @AfterAll
    static void stopTheServer() {
        if (mariaDb != null) {
            mariaDb.close();
        }
    }

    @Test
    void shouldStoreEveryMinionOnceAndKnowItAgainAfterARestart() throws Exception {
        try (var master = startMaster();
                var minions = LauncherProcess.start(
                        "--role=minion",
                        "--minion-count=" + MINIONS,
                        "--minion-id=pod",
                        "--minion-poll=0",
                        "--minion-master-url=" + master.awaitEndpoint("master"),
                        "--management-port=0")) {
            awaitMinions(master);
            assertThat(minions.terminate().awaitExit()).isZero();
            assertThat(master.terminate().awaitExit()).isZero();
        }
        var before = stored();
        assertThat(before.getString("version")).startsWith("10.11.");
        assertThat(before.getInteger("minions")).isEqualTo(MINIONS);

        try (var master = startMaster()) {
            assertThat(master.get("master", "/register?minion_id=pod-7&age_ms=1")
                            .statusCode())
                    .isEqualTo(200);

            awaitMinions(master);
            var after = stored();
            assertThat(after.getInteger("minions")).isEqualTo(MINIONS);
            assertThat(after.getInteger("registrations")).isEqualTo(before.getInteger("registrations") + 1);
        }
    }

    private static LauncherProcess startMaster() throws IOException {
        return LauncherProcess.start(
                "--role=master", "--master-db-url=" + mariaDb.url(), "--master-port=0", "--management-port=0");
    }

    private static void awaitMinions(LauncherProcess master) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> master.get("master", "/stats")
                .body()
                .startsWith("Registered number of minions: " + MINIONS + " Overall time:"));
    }

    /** What the table says, asked without the master. */
    private static Row stored() throws Exception {
        var vertx = Vertx.vertx();
        try {
            return MySQLConnection.connect(vertx, MySQLConnectOptions.fromUri(mariaDb.url()))
                    .compose(connection -> connection
                            .query("SELECT VERSION() AS version, COUNT(*) AS minions,"
                                    + " CAST(SUM(registrations) AS INTEGER) AS registrations FROM minions")
                            .execute()
                            .eventually(connection::close))
                    .await(30, TimeUnit.SECONDS)
                    .iterator()
                    .next();
        } finally {
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }
}
