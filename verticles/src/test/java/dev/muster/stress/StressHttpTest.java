package dev.muster.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.muster.stress.RunningStress.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The role as curl meets it. */
class StressHttpTest {
    private static final WhoAmI ME = WhoAmI.of(System.getenv());

    private RunningStress stress;

    @BeforeEach
    void start() throws Exception {
        stress = RunningStress.start(Settings.USUAL);
    }

    @AfterEach
    void stop() throws Exception {
        stress.close();
    }

    @Test
    @Tag("smoke")
    void shouldStartAtOnceAndAnswerAsTheOriginalWithTheIdInALink() throws Exception {
        long before = System.nanoTime();

        var answer = stress.get("/stress?seconds=50&cores=1&load=5");

        assertThat(System.nanoTime() - before).as("50 s are not waited for").isLessThan(20_000_000_000L);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("Host: " + ME.host() + " 50s stress.\n");
        var link = answer.headers().firstValue("Location").orElseThrow();
        assertThat(link).isEqualTo("/stress/" + ME.host() + "-1");
        assertThat(stress.text(link)).startsWith("Host: " + ME.host() + ", stress " + ME.host() + "-1: running, ");
    }

    @Test
    void shouldBurnAMinuteOfOneCoreWhenNothingElseIsSaid() throws Exception {
        var job = stress.json("/stress");

        assertThat(job.getLong("seconds")).isEqualTo(60);
        assertThat(job.getInteger("cores")).isEqualTo(1);
        assertThat(job.getDouble("load")).isEqualTo(100);
        assertThat(job.getString("kind")).isEqualTo("float");
        assertThat(job.getJsonArray("warnings")).isEmpty();
        assertThat(stress.text("/stress/stop")).isEqualTo("Host: " + ME.host() + ", stopped 1 job.");
    }

    @Test
    void shouldWaitForTheEndAndTellWhatWasDelivered() throws Exception {
        long before = System.nanoTime();

        var answer = stress.get("/stress?seconds=1&load=20&wait=true");

        assertThat((System.nanoTime() - before) / 1e9).isGreaterThanOrEqualTo(0.99);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("Host: " + ME.host() + " 1s stress.\n");
        var state = stress.json(answer.headers().firstValue("Location").orElseThrow());
        assertThat(state.getString("state")).isEqualTo("finished");
        assertThat(state.getDouble("requestedSeconds")).isCloseTo(0.2, within(1e-6));
        assertThat(state.getDouble("deliveredSeconds")).isBetween(0.05, 0.25);
        assertThat(stress.json("/cpu").getJsonObject("stress").getInteger("jobs"))
                .isZero();
    }

    @Test
    void shouldTellWhoWaitsThatTheJobWasStopped() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return stress.get("/stress?seconds=3600&load=1&wait=true");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().untilAsserted(() -> assertThat(stress.text("/stress/jobs")).contains(": running, "));

        stress.get("/stress/stop");

        var answer = waiting.get(10, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains(": stopped, ", " of 3600 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"float", "int", "memory", "sha"})
    void shouldBurnInEachKind(String kind) throws Exception {
        stress.get("/stress?seconds=50&load=30&kind=" + kind);

        await().untilAsserted(() -> assertThat(burning("deliveredSeconds")).isGreaterThan(0.1));
    }

    private double burning(String what) throws IOException, InterruptedException {
        return stress.json("/cpu").getJsonObject("stress").getDouble(what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seconds=0 | seconds must be a whole number from 1 to 86400, not '0'",
                "seconds=86401 | seconds must be a whole number from 1 to 86400, not '86401'",
                "seconds=1.5 | seconds must be a whole number from 1 to 86400, not '1.5'",
                "cores=0 | cores must be a whole number from 1 to 256, not '0'",
                "cores=-3 | cores must be a whole number from 1 to 256, not '-3'",
                "cores=257 | cores must be a whole number from 1 to 256, not '257'",
                "load=0 | load must be a number from 1 to 100, not '0'",
                "load=100.1 | load must be a number from 1 to 100, not '100.1'",
                "load=NaN | load must be a number from 1 to 100, not 'NaN'",
                "kind=disk | kind must be one of float, int, memory, sha, not 'disk'",
                "wait=maybe | wait must be true or false, not 'maybe'",
            })
    void shouldRefuseWhatIsOutOfRangeAndNameTheRange(String query, String error) throws Exception {
        var answer = stress.get("/stress?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(error + "\n");
        assertThat(stress.text("/stress/jobs")).isEqualTo("Host: " + ME.host() + ", no jobs.");
    }

    @Test
    void shouldTellEveryProblemOfARequestAtOnce() throws Exception {
        assertThat(stress.text("/stress?seconds=0&cores=0&load=0")).contains("seconds", "cores", "load");
    }

    @Test
    void shouldAcceptMoreThanThePodsCoresAndWarn() throws Exception {
        var answer = stress.text("/stress?seconds=50&cores=200&load=1");

        assertThat(answer.lines())
                .hasSize(2)
                .startsWith("Host: " + ME.host() + " 50s stress.")
                .last()
                .asString()
                .startsWith("warning: cores=200 is more than the ");
        assertThat(stress.json("/cpu").getJsonObject("stress").getInteger("jobs"))
                .isEqualTo(1);
    }

    @Test
    void shouldRunNoMoreJobsThanAllowed() throws Exception {
        for (int i = 0; i < Settings.USUAL.maxJobs(); i++) {
            assertThat(stress.get("/stress?seconds=50&load=1").statusCode()).isEqualTo(202);
        }

        var refused = stress.get("/stress?seconds=50&load=1");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("3 jobs already", "--stress-max-jobs");
        stress.send("DELETE", "/stress/" + ME.host() + "-2");
        assertThat(stress.get("/stress?seconds=50&load=1").statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /stress/ID",
        "GET, /stress/stop?id=ID",
        "POST, /stress/stop?id=ID",
        "POST, /stress/stop",
        "DELETE, /stress"
    })
    void shouldEndAJobSoThatItBurnsNoMore(String method, String path) throws Exception {
        var id = stress.json("/stress?seconds=50&load=50").getString("id");
        await().untilAsserted(() -> assertThat(burning("deliveredSeconds")).isPositive());

        assertThat(stress.send(method, path.replace("ID", id)).statusCode()).isEqualTo(200);

        var state = stress.json("/stress/" + id);
        assertThat(state.getString("state")).isEqualTo("stopped");
        assertThat(state.getDouble("elapsedSeconds")).isLessThan(50);
        assertThat(burning("cores")).isZero();
        assertThat(burning("deliveredSeconds")).isEqualTo(state.getDouble("deliveredSeconds"));
        await().pollDelay(Duration.ofMillis(100)).untilAsserted(() -> assertThat(burning("deliveredSeconds"))
                .isEqualTo(state.getDouble("deliveredSeconds")));
    }

    @Test
    void shouldNotKnowAJobOfAnotherPod() throws Exception {
        var answer = stress.get("/stress/other-1");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no job 'other-1' in the pod " + ME.pod());
        assertThat(stress.send("DELETE", "/stress/other-1").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTellItsLoadAsTheOriginal() throws Exception {
        var number = "[0-9]+\\.[0-9]+";

        assertThat(stress.text("/cpu"))
                .matches("Host: \\Q" + ME.host() + "\\E, CPU load: \\(" + number + ", " + number + ", " + number
                        + "\\)");
    }

    @Test
    void shouldTellWhatMattersInAContainer() throws Exception {
        double before =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3 - 0.1;
        var cpu = stress.json("/cpu");

        assertThat(cpu.getString("host")).isEqualTo(ME.host());
        assertThat(cpu.getJsonArray("load")).hasSize(3);
        assertThat(cpu.getDouble("cores")).isPositive();
        assertThat(cpu.getJsonObject("jvm").getDouble("cpuSeconds"))
                .as("since the process began, which has burnt before this role")
                .isGreaterThanOrEqualTo(before);
        assertThat(cpu.getJsonObject("jvm").fieldNames()).contains("share", "processors");
        assertThat(cpu.getJsonObject("cgroup").getString("version")).matches("V[12]");
        assertThat(cpu.getJsonObject("cgroup").fieldNames())
                .contains("usedSeconds", "limit", "periods", "throttledPeriods", "throttledSeconds");
        assertThat(cpu.fieldNames()).contains("pressure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cpu", "/whoami", "/insight", "/stress/jobs", "/stress?seconds=0", "/nothing"})
    void shouldSayInEveryAnswerWhichPodGaveIt(String path) throws Exception {
        assertThat(stress.get(path).headers().firstValue("Muster-Pod")).hasValue(ME.pod());
    }

    @Test
    void shouldSayWhoItIs() throws Exception {
        assertThat(stress.text("/whoami")).isEqualTo(ME.pod());
        assertThat(stress.json("/whoami").getString("host")).isEqualTo(ME.host());
    }

    @Test
    void shouldTellEnvironmentAndProcess() throws Exception {
        var insight = stress.json("/insight");

        assertThat(insight.getJsonObject("environment").getString("PATH")).isEqualTo(System.getenv("PATH"));
        assertThat(insight.getJsonObject("process").getLong("pid"))
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(insight.getJsonObject("jvm").getJsonArray("flags")).isNotNull();
        assertThat(insight.getJsonObject("limits").getJsonObject("kernel").fieldNames())
                .contains("Max open files");
        assertThat(insight.fieldNames()).contains("node", "image", "namespace");
        assertThat(stress.text("/insight")).contains("\nPATH=" + System.getenv("PATH"), "\nJVM flags: ");
    }

    @ParameterizedTest
    @CsvSource({"GET, /stress", "POST, /stress", "GET, /stress/stop", "DELETE, /stress", "DELETE, /stress/x"})
    void shouldRefuseToStartOrStopForAForeignPage(String method, String path) throws Exception {
        assertThat(stress.send(method, path, "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(stress.json("/cpu").getJsonObject("stress").getInteger("jobs"))
                .isZero();
    }
}
