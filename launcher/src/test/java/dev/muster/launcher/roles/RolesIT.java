package dev.muster.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.launcher.LauncherProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles of launcher.jar as a user starts them by hand, with the embedded MariaDB. */
class RolesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ANY_PORT = "--master-port=0";

    @TempDir
    Path data;

    @Test
    void shouldRunEverythingOnThisMachineUntilCtrlC() throws Exception {
        try (var local = LauncherProcess.start(
                ANY_PORT,
                "--broker-port=0",
                "--broker-http-port=0",
                "--store-port=0",
                "--blocks-port=0",
                "--stress-port=0",
                "--console-port=0",
                "--management-port=0",
                "--data-dir=" + data)) {
            await("all register").atMost(PATIENCE).untilAsserted(() -> assertThat(stats(local))
                    .startsWith("Registered number of minions: 1000 "));
            assertThat(local.get("management", "/readyz").statusCode()).isEqualTo(200);
            assertThat(local.get("management", "/stats").body()).contains("minion.acknowledged", "1000");

            assertThat(local.interrupt().awaitExit()).isZero();

            assertThat(local.errors()).anyMatch(line -> line.contains("event=stopped clean=true"));
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void shouldLiveSideBySideOnOneMachine() throws Exception {
        var management = "--management-port=" + freePort();
        try (var master = master(management);
                var minion = LauncherProcess.start(
                        "--role=minion",
                        management,
                        "--minion-count=10",
                        "--minion-master-url=" + master.awaitEndpoint("master"))) {
            await("all register").atMost(PATIENCE).untilAsserted(() -> assertThat(stats(master))
                    .startsWith("Registered number of minions: 10 "));

            assertThat(minion.awaitEndpoint("management")).isNotEqualTo(master.awaitEndpoint("management"));
            assertThat(minion.get("management", "/readyz").statusCode()).isEqualTo(200);
            assertThat(master.get("management", "/readyz").statusCode()).isEqualTo(200);
            assertThat(minion.terminate().awaitExit()).isZero();
            assertThat(master.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void shouldKeepTheDataForTheNextStartWhenAsked() throws Exception {
        try (var first = master("--management-port=0", "--keep-data")) {
            assertThat(first.get("master", "/register?minion_id=a&age_ms=1").statusCode())
                    .isEqualTo(200);
            assertThat(first.terminate().awaitExit()).isZero();
        }
        try (var second = master("--management-port=0", "--keep-data")) {
            assertThat(stats(second)).startsWith("Registered number of minions: 1 ");
            assertThat(second.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void shouldTakeTheDatabaseAlongWhenItIsKilled() throws Exception {
        try (var master = master("--management-port=0")) {
            var line = master.awaitLine("event=mariadb_started");
            var database = ProcessHandle.of(Long.parseLong(line.replaceFirst(".* pid=(\\d+) .*", "$1")))
                    .orElseThrow();
            master.awaitEndpoint("master");

            master.kill().awaitExit();

            await("the database ends").atMost(PATIENCE).until(() -> !database.isAlive());
        }
    }

    @Test
    void shouldTakeOptionsFromFileAndEnvironment() throws Exception {
        var file = Files.write(
                data.resolve("muster.yaml"),
                List.of("role: [master]", "master-port: 0", "management-port: 0", "minion-count: 5"));

        try (var master = LauncherProcess.start(Map.of(
                "MUSTER_CONFIG",
                file.toString(),
                "MUSTER_DATA_DIR",
                data.resolve("db").toString()))) {
            assertThat(stats(master)).startsWith("Registered number of minions: 0 ");
            assertThat(data.resolve("db/mariadb")).isDirectory();
            assertThat(master.terminate().awaitExit()).isZero();
        }
    }

    private LauncherProcess master(String... options) throws IOException {
        var arguments = new ArrayList<>(List.of("--role=master", ANY_PORT, "--data-dir=" + data));
        arguments.addAll(List.of(options));
        return LauncherProcess.start(arguments.toArray(String[]::new));
    }

    private static String stats(LauncherProcess process) throws IOException, InterruptedException {
        return process.get("master", "/stats").body();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
