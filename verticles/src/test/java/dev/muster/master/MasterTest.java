package dev.muster.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.muster.sql.EmbeddedMariaDb;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The master over real HTTP, with a real MariaDB. */
class MasterTest {
    private static final Path HOME = Path.of(System.getProperty("muster.mariadb.home"));

    @TempDir
    private static Path folder;

    private static EmbeddedMariaDb database;
    private static RunningMaster master;

    @BeforeAll
    static void start() throws Exception {
        database = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(HOME, folder.resolve("db"), false, 0));
        master = RunningMaster.start(database.url());
        await().until(() -> master.readiness().pending().isEmpty());
    }

    @AfterAll
    static void stop() throws Exception {
        master.close();
        database.close();
    }

    @BeforeEach
    void clean() throws Exception {
        assertThat(master.get("/cleanup").statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("smoke")
    void shouldCountAMinionOnceHoweverOftenItRegisters() throws Exception {
        assertThat(master.body("/stats")).isEqualTo("Registered number of minions: 0 Overall time: 0 seconds");

        assertThat(master.body("/register?minion_id=a&minion_time=1700000000")).isEqualTo("Registered a");
        assertThat(master.body("/register?minion_id=a&minion_time=1700000001")).isEqualTo("Registered a");

        var stats = new JsonObject(master.json("/stats"));
        assertThat(stats.getLong("registered")).isEqualTo(1);
        assertThat(stats.getLong("reregistered")).isEqualTo(1);
        assertThat(stats.getDouble("overallSeconds")).isZero();
        var minion = new JsonArray(master.json("/minions")).getJsonObject(0);
        assertThat(minion.getLong("bootMicros")).isEqualTo(1_700_000_000_000_000L);
        assertThat(minion.getLong("lastSeenMicros")).isGreaterThan(minion.getLong("firstSeenMicros"));
    }

    @Test
    void shouldMeasureFromTheFirstRegistrationToTheLast() throws Exception {
        register("a");
        register("b");
        register("c");

        var rows = new JsonArray(master.json("/minions"));
        long first = rows.getJsonObject(0).getLong("firstSeenMicros");
        long last = rows.getJsonObject(2).getLong("firstSeenMicros");
        assertThat(master.body("/stats"))
                .isEqualTo(String.format(
                        "Registered number of minions: 3 Overall time: %.3f seconds", (last - first) / 1e6));
        assertThat(master.body("/stats?start=" + (first / 1000 - 5_000)))
                .matches(".* Overall time: 5\\.\\d{3} seconds");
        assertThat(master.body("/stats?since=" + (last / 1000 + 60_000)))
                .isEqualTo("Registered number of minions: 0 Overall time: 0 seconds");
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000, 1700000000000000",
        "1700000000.25, 1700000000250000",
        "1700000000123, 1700000000123000",
        "1700000000123456, 1700000000123456",
        "1700000000123456789, 1700000000123456",
    })
    void shouldTellTheUnitOfATimeByItsMagnitude(String time, long micros) throws Exception {
        master.get("/register?minion_id=m&minion_time=" + time);

        assertThat(new JsonArray(master.json("/minions")).getJsonObject(0).getLong("bootMicros"))
                .isEqualTo(micros);
    }

    @Test
    void shouldPreferTheAgeWhichNeedsNoCommonClock() throws Exception {
        master.get("/register?minion_id=m&minion_time=1700000000&age_ms=1234.567");

        var minion = new JsonArray(master.json("/minions")).getJsonObject(0);
        assertThat(minion.getLong("firstSeenMicros") - minion.getLong("bootMicros"))
                .isEqualTo(1_234_567);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minion_time=1700000000 minion_id is missing",
                "minion_id=&minion_time=1700000000 minion_id is missing",
                "minion_id=a minion_time is missing",
                "minion_id=a%20b&minion_time=1700000000 minion_id may hold",
                "minion_id=a&minion_time=yesterday minion_time must be",
                "minion_id=a&minion_time=170000000000 minion_time must be",
                "minion_id=a&minion_time=-1 minion_time must be",
                "minion_id=a&minion_time=1.2.3 minion_time must be",
                "minion_id=a&age_ms=-1 age_ms must be",
                "minion_id=a&age_ms=NaN age_ms must be",
                "minion_id=a&age_ms=1&try=0 try must be",
                "minion_id=a&age_ms=1&pod=%22 pod must be",
                "minion_id=a&age_ms=1&label.=x label",
                "minion_id=a&age_ms=1&env=%25%25%25 env must be",
                "minion_id=a&age_ms=1&run=a%2Fb run may hold",
            })
    void shouldNameTheWrongParameter(String queryAndWords) throws Exception {
        int space = queryAndWords.indexOf(' ');

        var answer = master.get("/register?" + queryAndWords.substring(0, space));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(queryAndWords.substring(space + 1));
        assertThat(master.body("/stats")).startsWith("Registered number of minions: 0");
    }

    @Test
    void shouldTakeTheLongestIdAndRefuseALongerOne() throws Exception {
        assertThat(master.get("/register?age_ms=1&minion_id=" + "x".repeat(128)).statusCode())
                .isEqualTo(200);
        assertThat(master.get("/register?age_ms=1&minion_id=" + "x".repeat(129)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldTakeARegistrationAsJson() throws Exception {
        var answer = master.post(
                "/register",
                "{\"minion_id\":\"j\",\"minion_time\":1700000000123,\"pod\":\"p-1\",\"label\":{\"flavour\":\"big\"}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var minion = new JsonArray(master.json("/minions")).getJsonObject(0);
        assertThat(minion.getString("pod")).isEqualTo("p-1");
        assertThat(minion.getJsonObject("labels").getString("flavour")).isEqualTo("big");
        assertThat(minion.getLong("bootMicros")).isEqualTo(1_700_000_000_123_000L);
    }

    @Test
    void shouldTakeAFractionOfASecondAsJson() throws Exception {
        master.post("/register", "{\"minion_id\":\"j\",\"minion_time\":1700000000.25}");

        assertThat(new JsonArray(master.json("/minions")).getJsonObject(0).getLong("bootMicros"))
                .isEqualTo(1_700_000_000_250_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE"})
    void shouldRegisterNobodyByAnotherMethod(String method) throws Exception {
        assertThat(master.send(method, "/register?minion_id=a&age_ms=1").statusCode())
                .isEqualTo(405);
        assertThat(master.body("/stats")).startsWith("Registered number of minions: 0");
    }

    @Test
    void shouldRegisterTheOriginalsMinionUnchanged() throws Exception {
        var pairs = "\"HOME\",\"/root\",\"MINION_FLAVOUR\",\"small\",\"MINION_ZONE\",\"\u00e9\"";
        var env = Base64.getEncoder().encodeToString(pairs.getBytes(StandardCharsets.UTF_8));

        // The original does not escape the plus signs of base64.
        var answer = master.get(
                "/register?minion_id=8d2c5a0e-7a2f-4a67-8f0c-6f1f8a0c0f3e&minion_time=1700000000123456789&env="
                        + env.replace("=", "%3D"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var labels = new JsonArray(master.json("/minions")).getJsonObject(0).getJsonObject("labels");
        assertThat(labels).isEqualTo(new JsonObject().put("FLAVOUR", "small").put("ZONE", "\u00e9"));
    }

    @Test
    void shouldCompareDeploymentsByLabelAndRunsByName() throws Exception {
        master.get("/register?minion_id=a&age_ms=100&label.size=big&run=r1");
        master.get("/register?minion_id=b&age_ms=300&label.size=big&run=r1");
        master.get("/register?minion_id=a&age_ms=500&run=r2");

        assertThat(master.body("/stats?run=r1")).startsWith("Registered number of minions: 2 ");
        assertThat(master.body("/stats?by=size"))
                .containsSubsequence(
                        "size=: Registered number of minions: 1", "size=big: Registered number of minions: 2");
        var group = new JsonObject(master.json("/stats?by=size"))
                .getJsonArray("groups")
                .getJsonObject(1);
        assertThat(group.getString("value")).isEqualTo("big");
        var latency = group.getJsonObject("bootLatency");
        assertThat(latency.getLong("count")).isEqualTo(2);
        assertThat(latency.getDouble("min")).isCloseTo(100, within(1.0));
        assertThat(latency.getDouble("max")).isCloseTo(300, within(1.0));
        assertThat(latency.getDouble("p99")).isNull();
    }

    @Test
    void shouldStreamEveryMinionOnceWhateverTheirNumber() throws Exception {
        registerMany(1_234);

        var csv = master.body("/minions").lines().toList();
        var json = new JsonArray(master.json("/minions"));

        assertThat(csv).hasSize(1_235);
        assertThat(csv.get(0)).startsWith("id,pod,node,boot_time,registered_time,latency_ms,tries");
        assertThat(csv.stream().skip(1).map(line -> line.substring(0, line.indexOf(','))))
                .doesNotHaveDuplicates()
                .contains("m-0", "m-1233");
        assertThat(json).hasSize(1_234);
    }

    @Test
    void shouldGiveATaskToEachMinionOnceAndKeepItsBooks() throws Exception {
        registerMany(4);

        var created = master.post("/tasks", "{\"kind\":\"cpu\",\"spec\":20,\"count\":3}");
        assertThat(created.body()).matches("Task \\d+ for 3 minions\n");
        var first = master.body("/task?minion_id=m-0&error_ms=12.5");
        assertThat(first).matches("\\d+ cpu 10000 20");
        var task = first.substring(0, first.indexOf(' '));
        assertThat(master.get("/task?minion_id=m-0").statusCode()).isEqualTo(204);
        assertThat(master.get("/task?minion_id=m-3").statusCode()).isEqualTo(204);
        master.get("/task?minion_id=m-1");

        var report = "/task/report?minion_id=m-0&task=" + task + "&done=true&duration_ms=";
        assertThat(master.body(report + "21.5")).isEqualTo("Reported");
        assertThat(master.body(report + "99")).isEqualTo("Reported");

        var stats = new JsonObject(master.json("/stats")).getJsonArray("tasks").getJsonObject(0);
        assertThat(stats.getLong("assigned")).isEqualTo(3);
        assertThat(stats.getLong("waiting")).isEqualTo(1);
        assertThat(stats.getLong("given")).isEqualTo(1);
        assertThat(stats.getLong("done")).isEqualTo(1);
        assertThat(stats.getLong("failed")).isZero();
        assertThat(stats.getJsonObject("duration").getDouble("max")).isCloseTo(21.5, within(0.1));
        assertThat(new JsonArray(master.json("/minions")).getJsonObject(0).getLong("errorMicros"))
                .isEqualTo(12_500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"dance\",\"spec\":1}|kind must be one of",
                "{\"kind\":\"http\",\"spec\":\"ftp://x\"}|spec must be the URL",
                "{\"kind\":\"http\",\"spec\":\"http://x/\u00fc\"}|spec must be the URL",
                "{\"kind\":\"tcp\",\"spec\":\"host\"}|spec must be HOST:PORT",
                "{\"kind\":\"cpu\",\"spec\":0}|spec must be the milliseconds",
                "{\"kind\":\"sleep\",\"spec\":10,\"ids\":[\"nobody\"]}|no registered minion matches",
            })
    void shouldRefuseATaskThatNobodyCanDo(String bodyAndWords) throws Exception {
        register("a");
        int bar = bodyAndWords.indexOf('|');

        var answer = master.post("/tasks", bodyAndWords.substring(0, bar));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(bodyAndWords.substring(bar + 1));
        assertThat(new JsonObject(master.json("/stats")).getJsonArray("tasks")).isEmpty();
    }

    @Test
    void shouldRefuseAReportOnATaskThatWasNeverGiven() throws Exception {
        register("a");

        var answer = master.get("/task/report?minion_id=a&task=999999&done=true&duration_ms=1");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("task 999999 was never given to minion a");
    }

    @Test
    void shouldSayThatATableInMemoryIsNotDurable() throws Exception {
        try (var inMemory = RunningMaster.start(database.url(), "--master-table-engine=memory")) {
            await().until(() -> inMemory.readiness().pending().isEmpty());
            inMemory.get("/register?minion_id=a&age_ms=1&label.k=v");

            assertThat(inMemory.body("/stats")).contains("minions: 1").contains("does not survive the database");
            assertThat(new JsonObject(inMemory.json("/stats")).getBoolean("durable"))
                    .isFalse();
        }
        try (var onDisk = RunningMaster.start(database.url())) {
            await().until(() -> onDisk.readiness().pending().isEmpty());
            assertThat(new JsonObject(onDisk.json("/stats")).getBoolean("durable"))
                    .isTrue();
        }
    }

    private static void register(String id) throws Exception {
        assertThat(master.get("/register?minion_id=" + id + "&age_ms=1").statusCode())
                .isEqualTo(200);
    }

    private static void registerMany(int count) {
        var answers = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> status("/register?age_ms=1&minion_id=m-" + i)))
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo(200));
    }

    private static int status(String path) {
        try {
            HttpResponse<String> answer = master.get(path);
            return answer.statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(new ExecutionException(e));
        }
    }
}
