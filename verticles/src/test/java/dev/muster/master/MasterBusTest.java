package dev.muster.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.Failure;
import dev.muster.bus.Message;
import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import dev.muster.bus.Registered;
import dev.muster.bus.Registration;
import dev.muster.bus.Registrations;
import dev.muster.bus.TaskReport;
import dev.muster.sql.EmbeddedMariaDb;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        var minions = new ArrayList<Registration>();
        for (int i = 0; i < 200; i++) {
            minions.add(registration(i % 67 == 5 ? "x".repeat(129) + i : "m-" + i, Map.of()));
        }

        var answer = (Registered) answer(Addresses.REGISTER, new Registrations(minions));

        assertThat(answer.refused()).extracting(Registered.Refused::place).containsExactlyInAnyOrder(5, 72, 139);
        assertThat(answer.refused()).allSatisfy(refused -> {
            assertThat(refused.failure()).isEqualTo(Failure.BAD_REQUEST);
            assertThat(refused.reason()).contains("minion_id");
        });
        assertThat(stats(null).registered()).isEqualTo(197);
        assertThat(stats(null).reregistered()).isZero();
    }

    @Test
    void shouldRefuseAnIdThatTheTableCannotHoldInsteadOfChangingIt() {
        var minions = new Registrations(List.of(registration("caf\u00e9", Map.of()), registration("cafe", Map.of())));

        var answer = (Registered) answer(Addresses.REGISTER, minions);

        assertThat(answer.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.place()).isZero();
            assertThat(refused.failure()).isEqualTo(Failure.BAD_REQUEST);
            assertThat(refused.reason()).contains("minion_id");
        });
        assertThat(stats(null).registered()).isEqualTo(1);
    }

    @Test
    void shouldAnswerAMessageWithoutMinions() {
        assertThat(answer(Addresses.REGISTER, new Registrations(List.of()))).isEqualTo(Registered.ALL);
    }

    @Test
    void shouldGroupByWhatALabelSaysInAnyScript() throws Exception {
        register(registration("a", Map.of("zone", "\u00e9t\u00e9 \ud83d\ude80")));

        assertThat(stats("zone").groups())
                .extracting(MinionStats.Group::value)
                .containsExactly("\u00e9t\u00e9 \ud83d\ude80");
    }

    @Test
    void shouldRefuseToGroupByALabelThatTellsTooManyApart() throws Exception {
        for (int i = 0; i < 101; i++) {
            register(registration("m-" + i, Map.of("zone", "z" + i, "half", "h" + i % 2)));
        }

        assertThatThrownBy(() -> stats("zone"))
                .hasMessageContaining("label zone has more than 100 values")
                .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST));
        assertThat(stats("half").groups())
                .extracting(MinionStats.Group::registered)
                .containsExactly(51L, 50L);
    }

    @Test
    void shouldRefuseAReportOnATaskBeforeItIsFetchedSoThatTheBooksBalance() throws Exception {
        register(registration("a", Map.of()));
        var created = master.post("/tasks", "{\"kind\":\"cpu\",\"spec\":1}").body();
        long task = Long.parseLong(created.split(" ", 3)[1]);
        var report = new TaskReport("", "a", task, true, 1_000, "");

        assertThatThrownBy(() -> answer(Addresses.REPORT_TASK, report)).hasMessageContaining("was never given");

        var books = stats(null).tasks().get(0);
        assertThat(books.assigned()).isEqualTo(1);
        assertThat(books.waiting()).isEqualTo(1);
        assertThat(books.done()).isZero();
    }

    private static void register(Registration minion) {
        assertThat(answer(Addresses.REGISTER, new Registrations(List.of(minion))))
                .isEqualTo(Registered.ALL);
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
