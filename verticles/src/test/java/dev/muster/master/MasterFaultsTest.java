package dev.muster.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.sql.Databases;
import dev.muster.sql.EmbeddedMariaDb;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is absent, killed, stopped in its tracks, locked or full of rows: nothing that was answered 200 is lost. */
class MasterFaultsTest {
    private static final Path HOME = Path.of(System.getProperty("muster.mariadb.home"));

    /** A hung database is given up after 10 s of silence, a request over the bus after 15 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private EmbeddedMariaDb database;

    @SuppressWarnings("NullAway.Init") // each test starts it as it needs it
    private RunningMaster master;

    @BeforeEach
    void start() throws Exception {
        database = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(HOME, folder.resolve("db"), false, 0));
    }

    @AfterEach
    void stop() throws Exception {
        signal("CONT");
        master.close();
        database.close();
    }

    @Test
    void shouldWaitForADatabaseThatIsNotThereYet() throws Exception {
        kill();

        startMaster();

        assertThat(master.readiness().pending()).hasSize(1).hasEntrySatisfying("master-sql", reason -> assertThat(
                        reason)
                .startsWith("MariaDB at 127.0.0.1:" + database.port())
                .contains("Connection refused"));
        for (var path : List.of("/register?minion_id=a&age_ms=1", "/stats", "/minions", "/task?minion_id=a")) {
            assertUnavailable(master.get(path));
        }
        assertThat(master.get("/healthz").statusCode()).isEqualTo(200);

        database = database.restart();

        await().atMost(PATIENCE).until(() -> master.readiness().pending().isEmpty());
        assertThat(master.body("/register?minion_id=a&age_ms=1")).isEqualTo("Registered a");
        assertThat(master.body("/stats")).startsWith("Registered number of minions: 1 ");
    }

    @Test
    void shouldLoseNothingThatItAcknowledgedWhenTheDatabaseIsKilledUnderLoad() throws Exception {
        int minions = 6_000;
        startMaster();
        try (var load = new Persistent(master.uri("/"), minions)) {
            for (int killed = 1; killed <= 2; killed++) {
                int enough = killed * 1_500;
                await().atMost(PATIENCE).until(() -> load.acknowledged() > enough);
                int refusedBefore = load.refused();
                kill();
                await().atMost(PATIENCE).until(() -> load.refused() > refusedBefore);
                assertThat(master.readiness().pending()).containsKey("master-sql");
                database = database.restart();
            }
            await().atMost(PATIENCE).until(load::isDone);

            assertThat(load.acknowledged()).isEqualTo(minions);
            assertThat(load.unexpected()).isZero();
            assertThat(number("SELECT COUNT(*) FROM minions")).isEqualTo(minions);
            assertThat(number("SELECT COUNT(DISTINCT minion_id) FROM minions")).isEqualTo(minions);
            assertThat(number("SELECT SUM(registrations) FROM minions"))
                    .isBetween((long) minions, (long) load.attempts());
            var stats = new JsonObject(master.json("/stats"));
            assertThat(stats.getLong("registered")).isEqualTo(minions);
            assertThat(stats.getLong("reregistered"))
                    .isEqualTo(number("SELECT SUM(registrations) FROM minions") - minions);
        }
    }

    @Test
    void shouldAnswerWhileTheDatabaseHangsAndRecoverWithIt() throws Exception {
        startMaster();
        signal("STOP");

        var asked = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (var path : List.of("/register?minion_id=a&age_ms=1", "/stats", "/minions")) {
            asked.add(master.getAsync(path));
        }

        for (var answer : asked) {
            assertUnavailable(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        await().atMost(PATIENCE).until(() -> !master.readiness().pending().isEmpty());
        assertUnavailable(master.get("/register?minion_id=b&age_ms=1"));
        signal("CONT");
        await().atMost(PATIENCE).until(() -> master.readiness().pending().isEmpty());
        for (var id : List.of("a", "b")) {
            assertThat(master.body("/register?age_ms=1&minion_id=" + id)).isEqualTo("Registered " + id);
        }
        assertThat(master.body("/stats")).startsWith("Registered number of minions: 2 ");
    }

    @Test
    void shouldNoticeADatabaseThatHangsThoughNobodyAsks() throws Exception {
        startMaster();

        signal("STOP");

        await().atMost(PATIENCE).until(() -> master.readiness().pending().containsKey("master-sql"));
    }

    @Test
    void shouldStopThoughTheDatabaseHangs() throws Exception {
        startMaster();
        signal("STOP");
        var asked = IntStream.range(0, 50)
                .mapToObj(i -> master.getAsync("/register?age_ms=1&minion_id=m-" + i))
                .toList();
        await().until(() -> asked.stream().noneMatch(CompletableFuture::isDone));

        master.close(); // fails after 30 s

        assertThat(asked).allMatch(CompletableFuture::isDone);
    }

    @Test
    void shouldTurnAwayWhatTheQueueCannotHold() throws Exception {
        startMaster("--master-queue=1", "--master-batch=1", "--master-db-connections=1");
        var locker = connect();
        query(locker, "LOCK TABLES minions WRITE");

        var asked = IntStream.range(0, 10)
                .mapToObj(i -> master.getAsync("/register?age_ms=1&minion_id=m-" + i))
                .toList();

        await().until(() -> asked.stream().filter(CompletableFuture::isDone).count() == 8);
        locker.close();
        var answers = asked.stream().map(CompletableFuture::join).toList();
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(2);
        assertThat(answers).filteredOn(answer -> answer.statusCode() != 200).allSatisfy(answer -> {
            assertUnavailable(answer);
            assertThat(answer.body()).contains("the queue is full");
        });
        assertThat(number("SELECT COUNT(*) FROM minions")).isEqualTo(2);
    }

    @Test
    void shouldAnswerTheOthersWhenSomeHangUp() throws Exception {
        startMaster();
        var locker = connect();
        query(locker, "LOCK TABLES minions WRITE");
        var impatient = new ArrayList<RudeClient>();
        var patient = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 40; i++) {
            impatient.add(new RudeClient(master.port())
                    .say("GET /register?age_ms=1&minion_id=i-" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            patient.add(master.getAsync("/register?age_ms=1&minion_id=p-" + i));
        }
        await().until(() -> number("SELECT COUNT(*) FROM information_schema.processlist"
                        + " WHERE state LIKE 'Waiting for table metadata lock%'")
                > 0);

        for (var client : impatient) {
            client.close();
        }
        locker.close();

        for (var answer : patient) {
            assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode())
                    .isEqualTo(200);
        }
        assertThat(number("SELECT COUNT(*) FROM minions WHERE minion_id LIKE 'p-%'"))
                .isEqualTo(40);
    }

    @Test
    void shouldAnswerStatisticsWhileOneHundredThousandMinionsAreThereAndMoreCome() throws Exception {
        int before = 100_000;
        int more = 5_000;
        startMaster();
        var connection = connect();
        query(
                connection,
                "INSERT INTO minions (run, minion_id, boot_micros, first_seen_micros, tries, labels)"
                        + " SELECT '', CONCAT('old-', seq), 1000000, 2000000 + seq, 1, '{\"size\":\"big\"}'"
                        + " FROM seq_1_to_" + before);

        try (var load = new Persistent(master.uri("/"), more)) {
            long seen = before;
            do {
                long acknowledged = load.acknowledged();
                var text = master.body("/stats").split(" ", 7);
                var full = new JsonObject(master.json("/stats?by=size"));
                long counted = Long.parseLong(text[4]);
                assertThat(counted).isBetween(Math.max(seen, before + acknowledged), (long) before + more);
                assertThat(full.getLong("registered")).isBetween(counted, (long) before + more);
                assertThat(full.getJsonObject("bootLatency").getLong("count")).isEqualTo(full.getLong("registered"));
                assertThat(full.getJsonArray("groups").getJsonObject(1).getLong("registered"))
                        .isEqualTo(before);
                seen = full.getLong("registered");
            } while (!load.isDone());
            assertThat(load.unexpected()).isZero();
            assertThat(load.refused()).isZero();
        }

        assertThat(master.body("/stats")).startsWith("Registered number of minions: " + (before + more) + " ");
    }

    private void startMaster(String... options) throws Exception {
        master = RunningMaster.start(database.url(), options);
        if (ProcessHandle.of(database.pid()).isPresent()) {
            await().until(() -> master.readiness().pending().isEmpty());
        }
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private void kill() throws Exception {
        var server = ProcessHandle.of(database.pid()).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(30, TimeUnit.SECONDS);
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(database.pid()))
                .start()
                .waitFor();
    }

    private SqlConnection connect() throws Exception {
        return Databases.connector(master.vertx(), Databases.options(database.url()), List.of())
                .get()
                .await(30, TimeUnit.SECONDS);
    }

    private static Iterable<Row> query(SqlConnection connection, String sql) throws Exception {
        return connection.query(sql).execute().await(60, TimeUnit.SECONDS);
    }

    private long number(String sql) throws Exception {
        return query(connect(), sql).iterator().next().getLong(0);
    }
}
