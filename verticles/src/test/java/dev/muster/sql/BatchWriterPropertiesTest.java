package dev.muster.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Failure;
import dev.muster.sql.BatchWriter.Limits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds for every pattern of arrivals, with a real MariaDB. */
class BatchWriterPropertiesTest {
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before the first property
    private static TestServer server;

    @BeforeContainer
    static void start() throws Exception {
        folder = Files.createTempDirectory("batches");
        server = new TestServer(folder);
    }

    @AfterContainer
    static void stop() throws Exception {
        server.close();
        Files.delete(folder);
    }

    @Property(tries = 25)
    void shouldStoreEveryRowExactlyOnceInPowersOfTwo(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 150) Integer> bursts,
            @ForAll @IntRange(min = 1, max = 3) int connections,
            @ForAll @IntRange(min = 1, max = 100) int most)
            throws Exception {
        server.query(CountedRows.TABLE);
        var writer = RunningWriter.start(server, server.url(), new Limits(connections, most, 10_000));
        awaitConnection(writer);

        var written = writer.onLoop(() -> writeBursts(writer, bursts));
        writer.close();

        int rows = bursts.stream().mapToInt(Integer::intValue).sum();
        assertThat(written).hasSize(rows).containsOnly(true);
        assertThat(server.number("SELECT COUNT(*) FROM counted")).isEqualTo(rows);
        assertThat(server.number("SELECT SUM(times) FROM counted")).isEqualTo(rows);
        assertThat(writer.batches()).allMatch(batch -> batch <= most && Integer.bitCount(batch) == 1);
        assertThat(writer.batches().stream().mapToInt(Integer::intValue).sum()).isEqualTo(rows);
    }

    @Property(tries = 25)
    void shouldFailABadRowAlone(
            @ForAll @IntRange(min = 1, max = 300) int rows,
            @ForAll @Size(max = 6) Set<@IntRange(max = 299) Integer> bad)
            throws Exception {
        server.query(CountedRows.TABLE);
        var writer = RunningWriter.start(server, server.url(), new Limits(2, 256, 10_000));
        awaitConnection(writer);
        var ids = new ArrayList<String>();
        for (int i = 0; i < rows; i++) {
            ids.add(bad.contains(i) ? "much-too-long-" + i : String.valueOf(i));
        }

        var outcomes = writer.onLoop(() -> writeAll(writer, ids));
        writer.close();

        var expected = new TreeMap<String, String>();
        ids.forEach(id -> expected.put(id, id.length() > 8 ? "BAD_REQUEST" : "stored"));
        assertThat(outcomes).isEqualTo(expected);
        long good = ids.stream().filter(id -> id.length() <= 8).count();
        assertThat(server.number("SELECT COUNT(*) FROM counted")).isEqualTo(good);
        assertThat(server.number("SELECT COALESCE(SUM(times), 0) FROM counted")).isEqualTo(good);
    }

    /** Items of several rows: each is there whole or not at all, and none shares the fate of a bad one beside it. */
    @Property(tries = 20)
    void shouldStoreItemsOfSeveralRowsWholeOrNotAtAll(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 40) Integer> sizes,
            @ForAll @Size(max = 4) Set<@IntRange(max = 59) Integer> bad,
            @ForAll @IntRange(min = 1, max = 32) int most)
            throws Exception {
        server.query(CountedRows.TABLE);
        var writer = RunningWriter.start(server, server.url(), new Limits(2, most, 10_000));
        awaitConnection(writer);
        var items = new ArrayList<String>();
        for (int i = 0; i < sizes.size(); i++) {
            items.add(CountedRows.several(i, sizes.get(i), bad.contains(i)));
        }

        var outcomes = writer.onLoop(() -> writeAll(writer, items));
        writer.close();

        int rows = 0;
        for (int i = 0; i < sizes.size(); i++) {
            assertThat(outcomes).containsEntry(items.get(i), bad.contains(i) ? "BAD_REQUEST" : "stored");
            rows += bad.contains(i) ? 0 : sizes.get(i);
        }
        var sent = writer.batches();
        assertThat(server.number("SELECT COUNT(*) FROM counted")).isEqualTo(rows);
        assertThat(sent).allMatch(batch -> batch <= most || sizes.contains(batch));
        assertThat(sent.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(sizes.stream().mapToInt(Integer::intValue).sum());
    }

    /** A burst each time that the event loop comes round, or a little later: so that batches of all sizes form. */
    private static Future<List<Boolean>> writeBursts(RunningWriter writer, List<Integer> bursts) {
        var all = Promise.<List<Boolean>>promise();
        writeBursts(Vertx.currentContext().owner(), writer, bursts, 0, new ArrayList<>(), all);
        return all.future();
    }

    private static void writeBursts(
            Vertx vertx,
            RunningWriter writer,
            List<Integer> bursts,
            int next,
            List<Future<Void>> written,
            Promise<List<Boolean>> all) {
        if (next == bursts.size()) {
            Future.join(written)
                    .transform(done -> Future.succeededFuture(
                            written.stream().map(Future::succeeded).toList()))
                    .onComplete(all);
            return;
        }
        for (int i = 0; i < bursts.get(next); i++) {
            written.add(writer.writer().write(String.valueOf(written.size())));
        }
        Runnable goOn = () -> writeBursts(vertx, writer, bursts, next + 1, written, all);
        if (bursts.get(next) % 3 == 0) {
            vertx.setTimer(2, timer -> goOn.run());
        } else {
            vertx.runOnContext(now -> goOn.run());
        }
    }

    private static Future<Map<String, String>> writeAll(RunningWriter writer, List<String> ids) {
        var outcomes = new TreeMap<String, String>();
        var written = new ArrayList<Future<Void>>();
        for (var id : ids) {
            written.add(writer.writer()
                    .write(id)
                    .onSuccess(stored -> outcomes.put(id, "stored"))
                    .onFailure(cause -> outcomes.put(id, Failure.of(cause).name())));
        }
        return Future.join(written).transform(done -> Future.succeededFuture(outcomes));
    }

    private static void awaitConnection(RunningWriter writer) {
        await().until(() -> writer.connections() > 0);
    }
}
