package dev.muster.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.Failure;
import dev.muster.bus.Message;
import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import dev.muster.bus.Registration;
import dev.muster.bus.TaskReport;
import dev.muster.sql.EmbeddedMariaDb;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The master's side of the database as another process meets it: over the bus, which no HTTP check stands before. */
class MasterBusTest {
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
    void shouldFailABadRegistrationAloneAndStoreItsNeighbours() {
        var asked = new ArrayList<Future<?>>();
        for (int i = 0; i < 200; i++) {
            asked.add(ask(Addresses.REGISTER, registration("m-" + i, Map.of())));
            if (i % 67 == 0) {
                asked.add(ask(Addresses.REGISTER, registration("x".repeat(129) + i, Map.of())));
            }
        }

        await().until(() -> asked.stream().allMatch(Future::isComplete));

        var failed = asked.stream().filter(Future::failed).toList();
        assertThat(failed).hasSize(3).allSatisfy(future -> {
            assertThat(Failure.of(future.cause())).isEqualTo(Failure.BAD_REQUEST);
            assertThat(future.cause()).hasMessageContaining("minion_id");
        });
        var stats = stats(null);
        assertThat(stats.registered()).isEqualTo(200);
        assertThat(stats.reregistered()).isZero();
    }

    @Test
    void shouldGroupByWhatALabelSaysInAnyScript() throws Exception {
        answer(Addresses.REGISTER, registration("a", Map.of("zone", "\u00e9t\u00e9 \ud83d\ude80")));

        assertThat(stats("zone").groups())
                .extracting(MinionStats.Group::value)
                .containsExactly("\u00e9t\u00e9 \ud83d\ude80");
    }

    @Test
    void shouldRefuseToGroupByALabelThatTellsTooManyApart() throws Exception {
        var asked = new ArrayList<Future<?>>();
        for (int i = 0; i < 101; i++) {
            asked.add(ask(Addresses.REGISTER, registration("m-" + i, Map.of("zone", "z" + i, "half", "h" + i % 2))));
        }
        Future.all(asked).await(30, TimeUnit.SECONDS);

        assertThatThrownBy(() -> stats("zone"))
                .hasMessageContaining("label zone has more than 100 values")
                .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST));
        assertThat(stats("half").groups())
                .extracting(MinionStats.Group::registered)
                .containsExactly(51L, 50L);
    }

    @Test
    void shouldRefuseAReportOnATaskBeforeItIsFetchedSoThatTheBooksBalance() throws Exception {
        answer(Addresses.REGISTER, registration("a", Map.of()));
        var created = master.post("/tasks", "{\"kind\":\"cpu\",\"spec\":1}").body();
        long task = Long.parseLong(created.split(" ", 3)[1]);
        var report = new TaskReport("", "a", task, true, 1_000, "");

        assertThatThrownBy(() -> answer(Addresses.REPORT_TASK, report)).hasMessageContaining("was never given");

        var books = stats(null).tasks().get(0);
        assertThat(books.assigned()).isEqualTo(1);
        assertThat(books.waiting()).isEqualTo(1);
        assertThat(books.done()).isZero();
    }

    private static Registration registration(String id, Map<String, String> labels) {
        return new Registration("", id, 1_000_000, 2_000_000, 1, null, null, null, null, labels);
    }

    private static MinionStats stats(@Nullable String by) {
        return (MinionStats) answer(Addresses.MINION_STATS, new MinionStatsQuery(null, null, null, by, true));
    }

    private static Message answer(String address, Message question) {
        try {
            return ask(address, question).await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static Future<Message> ask(String address, Message question) {
        return master.vertx().eventBus().<Message>request(address, question).map(reply -> reply.body());
    }
}
