package dev.muster.minion;

import static dev.muster.minion.ScriptedMaster.eventually;
import static dev.muster.minion.ScriptedMaster.ok;
import static dev.muster.minion.ScriptedMaster.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.minion.ScriptedMaster.Asked;
import dev.muster.testing.Part;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code k8s/minion/minion.sh} under busybox, with a real HTTP server as its master. */
class ShellMinionTest {
    private static final Path SCRIPT = Path.of("..", "k8s", "minion", "minion.sh");
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Process> started = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path logs;

    @BeforeEach
    void need() {
        Part.need(Files.isExecutable(BUSYBOX), "no /bin/busybox (Debian: apt-get install busybox-static)");
    }

    @AfterEach
    void close() throws Exception {
        started.forEach(Process::destroyForcibly);
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private Process minion(ScriptedMaster master, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(BUSYBOX.toString(), "sh", SCRIPT.toString());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/bin:/usr/bin", "MASTER_URL", master.url(), "POD_UID", "uid-1"));
        builder.environment().putAll(Map.of("POLL_SECONDS", "1", "RETRY_MAX_SECONDS", "1"));
        builder.environment().putAll(environment);
        var process = builder.redirectErrorStream(true)
                .redirectOutput(logs.resolve("minion.log").toFile())
                .start();
        started.add(process);
        return process;
    }

    private String log() throws IOException {
        return Files.readString(logs.resolve("minion.log"));
    }

    private void serve(HttpServerRequest request, Asked asked, int index) {
        switch (asked.path()) {
            case "/task" -> {
                var task = tasks.poll();
                if (task == null) {
                    request.response().setStatusCode(204).end();
                } else {
                    ok(request, task);
                }
            }
            case "/missing" -> status(request, 404);
            case "/slow" -> vertx.setTimer(20_000, later -> ok(request, "late"));
            default -> ok(request, "fine");
        }
    }

    @Test
    void shouldRegisterWithItsPodAndItsAgeAndThenSayHowWrongTheAgeMayBe() throws Exception {
        var master = ScriptedMaster.start(vertx, this::serve);

        minion(
                master,
                Map.of(
                        "POD_NAME", "minion-x",
                        "NODE_NAME", "node-1",
                        "POD_NAMESPACE", "muster",
                        "RUN", "r1",
                        "MINION_ZONE", "a",
                        "MINION_ODD", "a b"));
        eventually().until(() -> master.at("/task").size() >= 2);

        var registration = master.at("/register").get(0);
        assertThat(registration.query().toString().lines())
                .contains(
                        "minion_id=uid-1",
                        "pod=minion-x",
                        "pod_uid=uid-1",
                        "node=node-1",
                        "namespace=muster",
                        "run=r1",
                        "label.ZONE=a",
                        "try=1");
        assertThat(registration.query().names()).doesNotContain("label.ODD");
        assertThat(Integer.parseInt(registration.get("age_ms"))).isBetween(0, 10_000);
        assertThat(Integer.parseInt(master.at("/task").get(0).get("error_ms"))).isBetween(20, 10_000);
        assertThat(master.at("/task").get(1).get("error_ms")).isEmpty();
        assertThat(log()).contains("event=minion.left_out parameter=label.ODD", "event=minion.registered minion=uid-1");
    }

    @Test
    void shouldSendTheSameIdAgainUntilItIsAcknowledged() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            switch (index) {
                case 0 -> status(request, 503);
                case 1 -> request.connection().close();
                case 2 -> status(request, 500);
                default -> serve(request, asked, index);
            }
        });

        minion(master, Map.of());
        eventually().until(() -> !master.at("/task").isEmpty());

        var asked = master.at("/register");
        assertThat(asked).extracting(one -> one.get("minion_id")).containsOnly("uid-1");
        assertThat(asked).extracting(one -> one.get("try")).containsExactly("1", "2", "3", "4");
        assertThat(asked.stream()
                        .map(one -> Integer.parseInt(one.get("age_ms")))
                        .toList())
                .isSorted();
        assertThat(log()).contains("503 Service Unavailable");
    }

    @Test
    void shouldGiveUpARequestThatIsNotAnswered() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            if (index > 0) {
                serve(request, asked, index);
            }
        });

        minion(master, Map.of("REQUEST_SECONDS", "1"));
        eventually().until(() -> !master.at("/task").isEmpty());

        assertThat(master.at("/register")).extracting(one -> one.get("try")).containsExactly("1", "2");
    }

    @Test
    void shouldTakeNoForAnAnswer() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> status(request, 400));

        var minion = minion(master, Map.of());
        eventually().until(() -> log().contains("event=minion.rejected"));
        eventually().pollDelay(Duration.ofMillis(500)).until(() -> true);

        assertThat(master.which(any -> true)).hasSize(1);
        assertThat(minion.isAlive()).isTrue();
    }

    @Test
    void shouldNeverAskForTasksWhenToldSo() throws Exception {
        var master = ScriptedMaster.start(vertx, this::serve);

        minion(master, Map.of("POLL_SECONDS", "0"));
        eventually().until(() -> log().contains("event=minion.registered"));
        eventually().pollDelay(Duration.ofMillis(500)).until(() -> true);

        assertThat(master.at("/task")).isEmpty();
    }

    /** What a minion may be about when its pod is deleted. */
    enum Moment {
        REGISTERING,
        WAITING,
        SLEEPING,
        GETTING
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndAtOnceOnTermAndLeaveNoProcessBehind(Moment moment) throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            if (moment != Moment.REGISTERING) {
                serve(request, asked, index);
            }
        });
        if (moment == Moment.SLEEPING) {
            tasks.add("1 sleep 60000 60000");
        } else if (moment == Moment.GETTING) {
            tasks.add("1 http 60000 " + master.url() + "/slow");
        }

        var minion = minion(master, Map.of("POLL_SECONDS", moment == Moment.WAITING ? "60" : "1"));
        eventually().until(() -> switch (moment) {
            case REGISTERING -> master.at("/register").size() == 1;
            case WAITING -> log().contains("event=minion.registered");
            case SLEEPING -> master.at("/task").size() == 1;
            case GETTING -> master.at("/slow").size() == 1;
        });
        var children = minion.descendants().toList();
        minion.destroy();

        // Each of these would go on for 20 s and more.
        assertThat(minion.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(minion.exitValue()).isZero();
        assertThat(children).hasSize(moment == Moment.REGISTERING || moment == Moment.GETTING ? 1 : 0);
        eventually().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @ParameterizedTest
    @CsvSource({
        "http 5000 MASTER/any, true, ''",
        "http 5000 MASTER/missing, false, 404 Not Found",
        "http 300 MASTER/slow, false, failed or timed out",
        "http 5000 ftp://host, false, can not do that",
        "tcp 5000 127.0.0.1:OPEN, true, ''",
        "tcp 5000 127.0.0.1:CLOSED, false, refused",
        "dns 1000 no-such-host.invalid, false, ''",
        "cpu 20000 50, true, ''",
        "cpu 100 5000, false, failed or timed out",
        "cpu 100 5x, false, failed or timed out",
        "sleep 5000 50, true, ''",
        "sleep 100 5000, false, failed or timed out",
        "sleep 100 5x, false, failed or timed out",
        "sleep soon 5, false, NUMBER KIND TIMEOUT_MS SPEC",
        "sleep 100, false, NUMBER KIND TIMEOUT_MS SPEC",
        "fly 100 5, false, can not do that",
    })
    void shouldDoEachKindOfTaskAndReportWhatBecameOfIt(String task, boolean done, String detail) throws Exception {
        var master = ScriptedMaster.start(vertx, this::serve);
        int open = Integer.parseInt(master.url().replaceAll(".*:", ""));
        tasks.add("7 "
                + task.replace("MASTER", master.url())
                        .replace("OPEN", String.valueOf(open))
                        .replace("CLOSED", String.valueOf(closedPort())));

        minion(master, Map.of("RUN", "r1"));
        eventually().until(() -> !master.at("/task/report").isEmpty());

        var report = master.at("/task/report").get(0);
        assertThat(report.get("minion_id")).isEqualTo("uid-1");
        assertThat(report.get("run")).isEqualTo("r1");
        assertThat(report.get("task")).isEqualTo("7");
        assertThat(report.get("done")).isEqualTo(String.valueOf(done));
        assertThat(report.get("detail")).containsIgnoringCase(detail);
        assertThat(Integer.parseInt(report.get("duration_ms"))).isNotNegative();
    }

    @Test
    void shouldReportUntilTheReportIsAcknowledgedAndThenAskAgainAtOnce() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            if (asked.path().equals("/task/report") && index < 2) {
                status(request, 503);
            } else {
                serve(request, asked, index);
            }
        });
        tasks.addAll(List.of("what is this", "8 sleep 1000 20", "9 sleep 1000 20"));

        minion(master, Map.of());
        eventually().until(() -> master.at("/task/report").size() == 4);

        var reports = master.at("/task/report");
        assertThat(reports).extracting(one -> one.get("task")).containsExactly("8", "8", "8", "9");
        assertThat(Integer.parseInt(reports.get(0).get("duration_ms"))).isGreaterThanOrEqualTo(10);
        assertThat(log()).contains("event=minion.task_malformed line=\"what is this\"");
    }

    @Test
    void shouldRefuseSettingsThatItCanNotReckonWith() throws Exception {
        var master = ScriptedMaster.start(vertx, this::serve);

        var minion = minion(master, Map.of("POLL_SECONDS", "10s"));

        assertThat(minion.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(minion.exitValue()).isEqualTo(2);
        assertThat(log()).contains("POLL_SECONDS");
    }

    private static int closedPort() throws IOException {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
