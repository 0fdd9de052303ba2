package dev.muster.minion;

import static dev.muster.minion.ScriptedMaster.eventually;
import static dev.muster.minion.ScriptedMaster.ok;
import static dev.muster.minion.ScriptedMaster.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.minion.ScriptedMaster.Asked;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What registered minions do, given by a real HTTP server. */
class TasksTest {
    private static final Duration OFTEN = Duration.ofMillis(100);

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> tasks = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
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
            default -> ok(request, "fine");
        }
    }

    private static TestOptions often(int count, ScriptedMaster master) {
        return TestOptions.of(count, master.url()).poll(OFTEN);
    }

    @ParameterizedTest
    @CsvSource({
        "http 5000 MASTER/any, true, 'HTTP 200, 4 bytes'",
        "http 5000 MASTER/missing, false, 'HTTP 404, 10 bytes'",
        "http 5000 http://127.0.0.1:CLOSED/, false, refused",
        "http 5000 ftp://host, false, http://",
        "tcp 5000 127.0.0.1:OPEN, true, connected",
        "tcp 5000 127.0.0.1:CLOSED, false, refused",
        "tcp 5000 127.0.0.1:99999, false, HOST:PORT",
        "dns 5000 localhost, true, 127.0.0.1",
        "dns 1000 no-such-host.invalid, false, ''",
        "cpu 20000 50, true, burnt 50 ms",
        "cpu 100 5000, false, not done within 100 ms",
        "cpu 100 much, false, milliseconds",
        "sleep 5000 50, true, ''",
        "sleep 100 5000, false, not done within 100 ms",
        "sleep 100 -5, false, milliseconds",
        "fly 100 5, false, does not know the kind",
        "sleep 100, false, NUMBER KIND TIMEOUT_MS SPEC",
    })
    void shouldDoEachKindOfTaskAndReportWhatBecameOfIt(String task, boolean done, String detail) throws Exception {
        var master = ScriptedMaster.start(vertx, this::serve);
        int open = Integer.parseInt(master.url().replaceAll(".*:", ""));
        tasks.add("7 "
                + task.replace("MASTER", master.url())
                        .replace("OPEN", String.valueOf(open))
                        .replace("CLOSED", String.valueOf(closedPort())));

        var crew = RunningCrew.start(vertx, often(1, master));
        eventually().until(() -> crew.count(MinionCounter.TASKS_REPORTED) == 1);

        var report = master.at("/task/report").get(0);
        assertThat(report.get("minion_id")).isEqualTo("m-0");
        assertThat(report.get("run")).isEqualTo("r1");
        assertThat(report.get("task")).isEqualTo("7");
        assertThat(report.get("done")).isEqualTo(String.valueOf(done));
        assertThat(report.get("detail")).containsIgnoringCase(detail);
        assertThat(crew.count(done ? MinionCounter.TASKS_DONE : MinionCounter.TASKS_FAILED))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"cpu 20000 120", "sleep 20000 120"})
    void shouldTakeAsLongAsTheTaskSays(String task) throws Exception {
        var master = ScriptedMaster.start(vertx, this::serve);
        tasks.add("7 " + task);

        RunningCrew.start(vertx, often(1, master));
        eventually().until(() -> !master.at("/task/report").isEmpty());

        var report = master.at("/task/report").get(0);
        assertThat(Double.parseDouble(report.get("duration_ms"))).isBetween(119.0, 20_000.0);
    }

    @Test
    void shouldSayWithTheFirstAnsweredQuestionAloneHowWrongItsAgeMayBe() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            if (asked.path().equals("/task") && index == 0) {
                status(request, 503);
            } else {
                serve(request, asked, index);
            }
        });

        RunningCrew.start(vertx, often(1, master));
        eventually().until(() -> master.at("/task").size() >= 4);

        var asked = master.at("/task");
        assertThat(Double.parseDouble(asked.get(0).get("error_ms"))).isPositive();
        assertThat(asked.get(1).get("error_ms")).isEqualTo(asked.get(0).get("error_ms"));
        assertThat(asked.get(2).get("error_ms")).isEmpty();
        assertThat(asked.get(3).get("error_ms")).isEmpty();
    }

    @Test
    void shouldAskAgainAtOnceAfterATaskAndSurviveOneThatHasNoNumber() throws Exception {
        var master = ScriptedMaster.start(vertx, this::serve);
        tasks.add("what is this");
        tasks.add("8 sleep 100 1");
        tasks.add("9 sleep 100 1");

        var crew = RunningCrew.start(vertx, TestOptions.of(1, master.url()).poll(Duration.ofMillis(500)));
        eventually().until(() -> crew.count(MinionCounter.TASKS_REPORTED) == 2);

        assertThat(crew.count(MinionCounter.TASKS_MALFORMED)).isEqualTo(1);
        assertThat(crew.count(MinionCounter.TASKS_FETCHED)).isEqualTo(3);
        assertThat(master.at("/task/report")).extracting(one -> one.get("task")).containsExactly("8", "9");
    }

    @Test
    void shouldReportUntilTheReportIsAcknowledged() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            if (!asked.path().equals("/task/report") || index == 3) {
                serve(request, asked, index);
            } else if (index == 1) {
                request.connection().close();
            } else {
                status(request, 503);
            }
        });
        tasks.add("7 sleep 1000 1");

        var crew = RunningCrew.start(vertx, often(1, master));
        eventually().until(() -> crew.count(MinionCounter.TASKS_REPORTED) == 1);

        var reports = master.at("/task/report");
        assertThat(reports).hasSize(4).extracting(one -> one.get("task")).containsOnly("7");
        assertThat(reports)
                .extracting(one -> one.get("duration_ms"))
                .containsOnly(reports.get(0).get("duration_ms"));
        assertThat(crew.count(MinionCounter.REPORTS_RETRIED)).isEqualTo(3);
        assertThat(crew.count(MinionCounter.TASKS_DONE)).isEqualTo(1);
    }

    @Test
    void shouldNotRepeatAReportThatTheMasterWillNeverTake() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            if (asked.path().equals("/task/report")) {
                status(request, 400);
            } else {
                serve(request, asked, index);
            }
        });
        tasks.add("7 sleep 1000 1");
        tasks.add("8 sleep 1000 1");

        var crew = RunningCrew.start(vertx, often(1, master));
        eventually().until(() -> crew.count(MinionCounter.REPORTS_REJECTED) == 2);

        assertThat(master.at("/task/report")).extracting(one -> one.get("task")).containsExactly("7", "8");
    }

    @Test
    void shouldNeverAskWhenToldSo() throws Exception {
        var master = ScriptedMaster.start(vertx, this::serve);

        var crew = RunningCrew.start(vertx, TestOptions.of(5, master.url()).poll(Duration.ZERO));
        eventually().until(() -> crew.allAcknowledged(5));
        eventually().pollDelay(Duration.ofMillis(200)).until(() -> true);

        assertThat(master.at("/task")).isEmpty();
    }

    @Test
    void shouldReportTasksUnderWayAsFailedWhenItIsStopped() throws Exception {
        var master = ScriptedMaster.start(vertx, this::serve);
        tasks.add("7 sleep 600000 600000");
        tasks.add("8 cpu 600000 600000");

        var crew = RunningCrew.start(vertx, often(4, master));
        eventually().until(() -> crew.count(MinionCounter.TASKS_FETCHED) == 2);
        crew.close();

        assertThat(master.at("/task/report")).hasSize(2).allSatisfy(report -> {
            assertThat(report.get("done")).isEqualTo("false");
            assertThat(report.get("detail")).isEqualTo("the minion was stopped");
        });
        int before = master.which(any -> true).size();
        eventually().pollDelay(Duration.ofMillis(300)).until(() -> true);
        assertThat(master.which(any -> true)).hasSize(before);
    }

    private static int closedPort() throws Exception {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
