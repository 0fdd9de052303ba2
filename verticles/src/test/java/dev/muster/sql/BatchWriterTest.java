package dev.muster.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Failure;
import dev.muster.sql.BatchWriter.Limits;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer against a real MariaDB that is locked, contended, absent or ended. */
class BatchWriterTest {
    @TempDir
    private static Path folder;

    private static TestServer server;

    private final List<RunningWriter> started = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void makeTable() throws Exception {
        server.query(CountedRows.TABLE);
    }

    @AfterEach
    void close() throws Exception {
        for (var writer : started) {
            writer.close();
        }
    }

    @Test
    @Tag("smoke")
    void shouldRefuseWhatTheQueueCannotHoldAndStoreTheRest() throws Exception {
        var writer = start(new Limits(1, 1, 2));
        var locker = server.connect();
        TestServer.query(locker, "LOCK TABLES counted WRITE");

        var written = writer.onLoop(() -> Future.succeededFuture(write(writer, "a", "b", "c", "d")));

        assertThat(written.get(3).cause()).hasMessage("the queue is full");
        assertThat(Failure.of(written.get(3).cause())).isEqualTo(Failure.UNAVAILABLE);
        assertThat(writer.writer().queued()).isEqualTo(2);
        locker.close();
        await().untilAsserted(() -> assertThat(written.subList(0, 3)).allMatch(Future::succeeded));
        assertThat(server.number("SELECT COUNT(*) FROM counted")).isEqualTo(3);
        assertThat(writer.writer().queued()).isZero();
    }

    @Test
    void shouldRepeatABatchThatLostADeadlock() throws Exception {
        server.query("INSERT INTO counted (id) VALUES ('a'), ('b')");
        var writer = start(new Limits(1, 256, 1_000));
        var rival = server.connect();
        TestServer.query(rival, "BEGIN");
        // The more rows the rival has changed, the surer it is that the writer is chosen to lose.
        TestServer.query(rival, "INSERT INTO counted (id) SELECT CONCAT('r', seq) FROM seq_1_to_2000");
        TestServer.query(rival, "UPDATE counted SET times = times + 1 WHERE id = 'a'");
        long before = deadlocks();

        var written = writer.onLoop(() -> Future.succeededFuture(write(writer, "x", "b", "a")));
        await().until(() -> server.number("SELECT COUNT(*) FROM information_schema.processlist"
                        + " WHERE state = 'Update' AND info LIKE 'INSERT INTO counted%(?),(?)%'")
                == 1);
        TestServer.query(rival, "UPDATE counted SET times = times + 1 WHERE id = 'b'");
        TestServer.query(rival, "COMMIT");
        rival.close();

        await().untilAsserted(() -> assertThat(written).allMatch(Future::succeeded));
        assertThat(deadlocks()).isGreaterThan(before);
        assertThat(writer.batches()).containsExactly(1, 2);
        assertThat(server.query("SELECT id, times FROM counted WHERE id IN ('a', 'b', 'x') ORDER BY id"))
                .extracting(row -> row.getString(0) + row.getInteger(1))
                .containsExactly("a3", "b3", "x1");
    }

    @Test
    void shouldStoreAllThatItTookBeforeItCloses() throws Exception {
        var writer = start(new Limits(2, 16, 10_000));
        var ids = IntStream.range(0, 2_000).mapToObj(String::valueOf).toArray(String[]::new);

        var written = new ArrayList<Future<Void>>();
        writer.onLoop(() -> {
            written.addAll(write(writer, ids));
            var closed = writer.writer().close();
            written.add(writer.writer().write("late"));
            return closed;
        });

        assertThat(written.subList(0, 2_000)).allMatch(Future::succeeded);
        assertThat(written.get(2_000).cause()).hasMessage("this process is stopping");
        assertThat(server.number("SELECT COUNT(*) FROM counted")).isEqualTo(2_000);
        await().untilAsserted(() -> assertThat(otherConnections()).isZero());
    }

    @Test
    void shouldFailARowThatCannotBeBoundAndGoOn() throws Exception {
        var writer = start(new Limits(1, 256, 1_000));

        var outcome = writer.onLoop(() -> {
            var first = writer.writer().write("a");
            var broken = writer.writer().write(CountedRows.UNBINDABLE);
            var last = writer.writer().write("b");
            return Future.join(first, broken, last)
                    .transform(done -> Future.succeededFuture(List.of(first, broken, last)));
        });

        assertThat(outcome).extracting(Future::succeeded).containsExactly(true, false, true);
        assertThat(Failure.of(outcome.get(1).cause())).isEqualTo(Failure.BAD_REQUEST);
        assertThat(server.number("SELECT COUNT(*) FROM counted")).isEqualTo(2);
    }

    @Test
    void shouldRefuseAtOnceWhileTheDatabaseIsAwayAndSayWhy() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        var writer = RunningWriter.start(server, "mysql://a:b@127.0.0.1:" + nobody + "/c", new Limits(2, 16, 100));
        started.add(writer);

        await().until(() -> writer.refusals().size() >= 3);

        assertThat(writer.refusals()).allMatch(why -> why.contains("Connection refused"));
        assertThatThrownBy(() -> writer.onLoop(() -> writer.writer().write("a")))
                .hasMessage("the database is away")
                .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.UNAVAILABLE));
    }

    @Test
    void shouldConnectAgainWhenItsConnectionsAreKilled() throws Exception {
        var writer = start(new Limits(2, 16, 100));
        await().until(() -> writer.connections() == 2);

        var killed = connectionIds();
        for (var id : killed) {
            server.query("KILL " + id);
        }

        await().untilAsserted(() -> assertThat(connectionIds()).hasSize(2).doesNotContainAnyElementsOf(killed));
        await().until(() -> writer.connections() == 2);
        writer.onLoop(() -> writer.writer().write("a"));
        assertThat(server.number("SELECT COUNT(*) FROM counted")).isEqualTo(1);
    }

    @Test
    void shouldGiveUpABatchThatWaitsForALockAndKeepItsConnection() throws Exception {
        var writer = start(new Limits(1, 16, 100));
        long connection = connectionIds().get(0);
        var locker = server.connect();
        TestServer.query(locker, "LOCK TABLES counted WRITE");

        var written = writer.onLoop(() -> Future.succeededFuture(write(writer, "a")));

        await().atMost(Duration.ofSeconds(30)).until(() -> written.get(0).isComplete());
        assertThat(Failure.of(written.get(0).cause())).isEqualTo(Failure.UNAVAILABLE);
        locker.close();
        writer.onLoop(() -> writer.writer().write("b"));
        assertThat(connectionIds()).containsExactly(connection);
        assertThat(server.query("SELECT id FROM counted").get(0).getString(0)).isEqualTo("b");
    }

    private RunningWriter start(Limits limits) throws Exception {
        var writer = RunningWriter.start(server, server.url(), limits);
        started.add(writer);
        await().until(() -> writer.connections() == limits.connections());
        return writer;
    }

    private static List<Future<Void>> write(RunningWriter writer, String... ids) {
        var written = new ArrayList<Future<Void>>();
        for (var id : ids) {
            written.add(writer.writer().write(id));
        }
        return written;
    }

    private static long deadlocks() throws Exception {
        return Long.parseLong(server.query("SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'")
                .get(0)
                .getString(1));
    }

    private static long otherConnections() throws Exception {
        return connectionIds().size();
    }

    private static List<Long> connectionIds() throws Exception {
        return server
                .query("SELECT id FROM information_schema.processlist"
                        + " WHERE user = 'muster' AND id <> CONNECTION_ID() AND info IS NULL")
                .stream()
                .map(row -> row.getLong(0))
                .toList();
    }
}
