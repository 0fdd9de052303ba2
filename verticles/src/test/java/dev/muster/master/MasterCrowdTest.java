package dev.muster.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.sql.EmbeddedMariaDb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many, slow, greedy and mad clients: each is bounded, and the healthy go on to register. */
class MasterCrowdTest {
    private static final Path HOME = Path.of(System.getProperty("muster.mariadb.home"));

    /** No claim on speed: who waits this long on an idle machine is not served at all. */
    private static final Duration STARVED = Duration.ofSeconds(5);

    @TempDir
    private static Path folder;

    private static EmbeddedMariaDb database;
    private static RunningMaster master;
    private static int registered;

    private final List<AutoCloseable> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        database = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(HOME, folder.resolve("db"), false, 0));
        master = RunningMaster.start(database.url(), "--master-max-connections=10010");
        await().until(() -> master.readiness().pending().isEmpty());
    }

    @AfterAll
    static void stop() throws Exception {
        master.close();
        database.close();
    }

    @AfterEach
    void goAway() throws Exception {
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void shouldServeTheHealthyBesideTenThousandIdleConnections() throws Exception {
        clients.add(IdleClients.open(master.port(), 10_000));

        assertTheHealthyAreServed();

        for (int i = 0; i < 20; i++) {
            clients.add(new RudeClient(master.port()));
        }
        try (var oneTooMany = new RudeClient(master.port())) {
            assertThat(oneTooMany.hear()).isEmpty();
        }
        assertTheHealthyAreServed(); // on the connections that they have
    }

    @Test
    void shouldServeTheHealthyBesideClientsThatDrip() throws Exception {
        var beginnings = List.of(
                "G",
                "GET /register?minion_id=",
                "GET /register?minion_id=a&age_ms=1 HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
                "POST /register HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n{");
        for (int i = 0; i < 400; i++) {
            clients.add(new RudeClient(master.port()).say(beginnings.get(i % beginnings.size())));
        }
        var dripping = CompletableFuture.runAsync(() -> drip(clients, 5));

        while (!dripping.isDone()) {
            assertTheHealthyAreServed();
        }
        dripping.join();
    }

    @Test
    void shouldServeTheHealthyBesideClientsThatSendTooMuchOrNonsense() throws Exception {
        var requests = List.of(
                "GET /register?" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n",
                "GET /register HTTP/1.1\r\n" + "X-Header: yyyyyyyyyyyyyyyyyyyy\r\n".repeat(10_000) + "\r\n",
                "POST /register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 9999999999\r\nConnection: close\r\n\r\n" + "{\"a\":".repeat(20_000),
                "POST /register HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                        + "4000\r\n".concat("z".repeat(0x4000)).concat("\r\n").repeat(20),
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "\u0000".repeat(500)
                        + "\r\n\r\n");
        var answers = new ArrayList<CompletableFuture<String>>();
        for (int i = 0; i < 60; i++) {
            var request = requests.get(i % requests.size());
            answers.add(CompletableFuture.supplyAsync(() -> exchange(request)));
        }

        while (answers.stream().anyMatch(answer -> !answer.isDone())) {
            assertTheHealthyAreServed();
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).doesNotContain(" 200 "));
    }

    @Test
    void shouldRefuseABodyNestedTooDeepAndGoOn() throws Exception {
        var deep = "{\"label\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";

        assertThat(master.post("/register", deep).statusCode()).isEqualTo(400);

        assertTheHealthyAreServed();
    }

    private static void assertTheHealthyAreServed() throws Exception {
        for (int i = 0; i < 20; i++) {
            var answer = master.getAsync("/register?age_ms=1&minion_id=healthy-" + registered++)
                    .get(STARVED.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        assertThat(master.body("/stats")).startsWith("Registered number of minions: " + registered + " ");
    }

    /** One byte a second from each. */
    private static void drip(List<AutoCloseable> clients, int seconds) {
        for (int second = 0; second < seconds; second++) {
            for (var client : clients) {
                try {
                    ((RudeClient) client).say("x");
                } catch (IOException refused) {
                    // what it has said may be refused already
                }
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private static String exchange(String request) {
        try (var client = new RudeClient(master.port())) {
            return client.say(request).hear();
        } catch (IOException refused) {
            return "";
        }
    }
}
