package dev.muster.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a real process: exit codes, signals, options, ports. A master waits for its database, so none is needed. */
class LauncherIT {
    private static final String NO_DATABASE = "--master-db-url=mysql://muster:hunter2@127.0.0.1:1/muster";

    @TempDir
    Path folder;

    @Test
    void shouldPrintVersionAndHelpAndExitWith0() throws Exception {
        try (var version = LauncherProcess.start("--version");
                var help = LauncherProcess.start("--role=master", "--help")) {
            assertThat(version.awaitExit()).isZero();
            assertThat(version.output()).singleElement().asString().matches("muster \\d+\\.\\d+\\.\\d+\\S*");
            assertThat(help.awaitExit()).isZero();
            assertThat(help.output()).anyMatch(line -> line.contains("--master-port=PORT"));
            assertThat(help.errors()).isEmpty();
        }
    }

    @Test
    void shouldTellEveryBadOptionAndExitWith2() throws Exception {
        var file = Files.write(folder.resolve("muster.yaml"), List.of("master-batch: 0", "mastr-port: 1"));

        try (var process = LauncherProcess.start(
                Map.of("MUSTER_MASTER_QUEUE", "many"),
                "--role=master",
                NO_DATABASE,
                "--config=" + file,
                "--master-table-engin=memory",
                "--management-port=8888")) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(process.output()).isEmpty();
            assertThat(process.errors())
                    .hasSize(6)
                    .contains("muster: --master-table-engin: no such option; did you mean --master-table-engine?")
                    .contains("muster: " + file + ":2: no such option: mastr-port; did you mean master-port?")
                    .contains("muster: MUSTER_MASTER_QUEUE in the environment: must be a whole number, not 'many'")
                    .anyMatch(line -> line.startsWith("muster: --master-batch") && line.endsWith(":1: master-batch)"))
                    .anyMatch(line -> line.startsWith("muster: --master-port and --management-port are both 8888"));
        }
    }

    @Test
    void shouldSayHowToGetADatabaseAndExitWith2() throws Exception {
        try (var process = LauncherProcess.start(Map.of("MUSTER_MARIADB_HOME", "/nowhere"), "--role=master")) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(process.errors())
                    .anyMatch(line -> line.startsWith(
                            "muster: --master-db-url is needed: there is no embedded MariaDB in /nowhere; give "));
        }
    }

    @Test
    void shouldExitWith2ForACommandThatThereIsNot() throws Exception {
        try (var process = LauncherProcess.start("rn", "boot")) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(process.errors()).anyMatch(line -> line.startsWith("muster: rn: no such command"));
        }
    }

    @Test
    void shouldStopCleanlyOnSigtermAndExitWith0() throws Exception {
        try (var process = LauncherProcess.start(
                "--role=master", NO_DATABASE, "--master-port=0", "--management-port=0", "-v", "3")) {
            assertThat(process.get("management", "/healthz").statusCode()).isEqualTo(200);

            assertThat(process.terminate().awaitExit()).isZero();

            assertThat(stoppedParts(process))
                    .startsWith("readiness")
                    .endsWith("management", "vertx", "metrics")
                    .containsSubsequence("master-http", "master-sql", "telemetry");
            assertThat(process.errors()).anyMatch(line -> line.contains("event=stopped clean=true"));
        }
    }

    @Test
    void shouldExitWith0WhenSigtermComesWhileItStarts() throws Exception {
        try (var process =
                LauncherProcess.start("--role=master", NO_DATABASE, "--master-port=0", "--management-port=0")) {
            process.awaitLine("event=starting");

            assertThat(process.terminate().awaitExit()).isZero();
            assertThat(process.errors()).noneMatch(line -> line.startsWith("muster:"));
        }
    }

    @Test
    void shouldNameTheOptionOfATakenPortAndExitWith1() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            try (var process = LauncherProcess.start(
                    "--role=master", NO_DATABASE, "--master-port=" + taken.getLocalPort(), "--management-port=0")) {
                assertThat(process.awaitExit()).isEqualTo(1);
                assertThat(process.errors())
                        .filteredOn(line -> line.startsWith("muster:"))
                        .containsExactly("muster: can't listen on 127.0.0.1:" + taken.getLocalPort()
                                + " (Address already in use); choose another port with --master-port=PORT");
            }
        }
    }

    @Test
    void shouldMoveTheManagementPortWhenItIsTakenOnLoopback() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            try (var process = LauncherProcess.start(
                    "--role=master", NO_DATABASE, "--master-port=0", "--management-port=" + taken.getLocalPort())) {
                var management = process.awaitEndpoint("management");

                assertThat(management.getPort())
                        .isGreaterThan(taken.getLocalPort())
                        .isLessThan(taken.getLocalPort() + 100);
                assertThat(process.get("management", "/healthz").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldExitWith1WhenTheAddressIsNotOfThisMachine() throws Exception {
        try (var process =
                LauncherProcess.start("--role=master", NO_DATABASE, "--bind-address=203.0.113.1", "--insecure-admin")) {
            assertThat(process.awaitExit()).isEqualTo(1);
            assertThat(process.errors())
                    .anyMatch(line -> line.endsWith("give an address of this machine with --bind-address=ADDRESS"));
        }
    }

    @Test
    void shouldShowNeitherTheTokenNorAPasswordHoweverMuchItLogs() throws Exception {
        try (var process = LauncherProcess.start(
                Map.of("MUSTER_ADMIN_TOKEN", "hunter3"),
                "--role=master",
                NO_DATABASE,
                "--master-port=0",
                "--management-port=0",
                "--verbosity=5")) {
            process.awaitEndpoint("master");

            process.terminate().awaitExit();

            assertThat(Stream.concat(process.output().stream(), process.errors().stream()))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("hunter"));
        }
    }

    @Test
    void shouldLogEachEventInOneLineWithTheInstance() throws Exception {
        try (var process = LauncherProcess.start(
                Map.of("POD_NAME", "master-0", "MUSTER_PORT_8888_TCP", "tcp://10.0.0.1:8888"),
                "--role=master",
                NO_DATABASE,
                "--master-port=0",
                "--management-port=0")) {
            process.awaitEndpoint("master");

            process.terminate().awaitExit();

            assertThat(process.errors())
                    .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z [A-Z]+ \\S+ event=.* instance=master-0"))
                    .anyMatch(line -> line.contains("event=unknown_variable") && line.contains("MUSTER_PORT_8888_TCP"));
        }
    }

    @Test
    void shouldLoadNothingOfTheClusterWhenItIsAlone() throws Exception {
        var classes = folder.resolve("classes.log");
        try (var process = LauncherProcess.start(
                List.of("-Xlog:class+load:file=" + classes),
                Map.of(),
                "--role=master",
                NO_DATABASE,
                "--master-port=0",
                "--management-port=0")) {
            process.awaitEndpoint("master");

            process.terminate().awaitExit();

            try (var lines = Files.lines(classes)) {
                assertThat(lines.filter(line -> line.contains("hazelcast"))).isEmpty();
            }
        }
    }

    private static List<String> stoppedParts(LauncherProcess process) {
        return process.errors().stream()
                .filter(line -> line.contains("event=stopped part="))
                .map(line -> line.replaceFirst(".*part=(\\S+).*", "$1"))
                .toList();
    }
}
