package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Append;
import dev.muster.sql.EmbeddedMariaDb;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Many clients append at the same time to few streams, through two stores on one database, each with the version that it
 * believes in. Afterwards there must be one order for each stream that explains every answer, and that keeps what was
 * answered before something else was asked (linearizability: Herlihy and Wing 1990). The event numbers are that order,
 * so it need not be searched for.
 */
class LinearizabilityPropertiesTest {
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before the first property
    private static EmbeddedMariaDb database;

    private static List<RunningStore> stores = List.of();

    /** One append, with the times around it: of a counter, which is one for all threads. */
    private record Done(String stream, long expected, List<UUID> ids, int status, long number, long asked, long told) {
        long last() {
            return number + ids.size() - 1;
        }
    }

    @BeforeContainer
    static void start() throws Exception {
        folder = Files.createTempDirectory("linear");
        var home = Path.of(System.getProperty("muster.mariadb.home"));
        database = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(home, folder.resolve("db"), false, 0));
        stores = List.of(RunningStore.start(database.url()), RunningStore.start(database.url(), "--store-batch=8"));
    }

    @AfterContainer
    static void stop() throws Exception {
        for (var store : stores) {
            store.close();
        }
        database.close();
        Files.delete(folder);
    }

    @Property(tries = 12)
    void shouldExplainEveryAnswerByOneOrderOfEachStream(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 12) int clients,
            @ForAll @IntRange(min = 1, max = 3) int streams)
            throws Exception {
        var names = RunningStore.ids(streams).stream().map(UUID::toString).toList();
        var history = new ConcurrentLinkedQueue<Done>();
        var clock = new AtomicLong();

        var all = new ArrayList<CompletableFuture<Void>>();
        for (int client = 0; client < clients; client++) {
            var random = new SplittableRandom(seed + client);
            all.add(new Client(stores.get(client % 2), names, random, clock, history).work(25));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);

        assertThat(history).extracting(Done::status).containsOnly(201, 400).contains(201);
        for (var name : names) {
            check(history.stream().filter(done -> done.stream().equals(name)).toList(), stored(name));
        }
    }

    /** Appends one after another, mostly with the version that it saw last. */
    private record Client(
            RunningStore store, List<String> streams, SplittableRandom random, AtomicLong clock, Queue<Done> history) {
        CompletableFuture<Void> work(int left) {
            if (left == 0) {
                return CompletableFuture.completedFuture(null);
            }
            var stream = streams.get(random.nextInt(streams.size()));
            var ids = RunningStore.ids(1 + random.nextInt(3));
            long expected = expected(stream);
            long asked = clock.incrementAndGet();
            return store.appending(stream, ids, "ES-ExpectedVersion", String.valueOf(expected))
                    .thenCompose(answer -> {
                        var done = done(stream, expected, ids, answer, asked, clock.incrementAndGet());
                        history.add(done);
                        return work(left - 1);
                    });
        }

        private long expected(String stream) {
            if (random.nextInt(4) == 0) {
                return random.nextInt(3) == 0 ? Append.NO_STREAM : Append.ANY;
            }
            return history.stream()
                    .filter(done -> done.stream().equals(stream))
                    .mapToLong(done -> done.status() == 201 ? done.last() : done.number())
                    .max()
                    .orElse(Append.NO_STREAM);
        }

        private static Done done(
                String stream, long expected, List<UUID> ids, HttpResponse<String> answer, long asked, long told) {
            var where = answer.statusCode() == 201
                    ? answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "")
                    : answer.headers().firstValue("ES-CurrentVersion").orElse("-9");
            return new Done(stream, expected, ids, answer.statusCode(), Long.parseLong(where), asked, told);
        }
    }

    private static List<String> stored(String stream) throws Exception {
        var page = stores.get(0).get("/streams/" + stream + "/0/forward/4096?embed=body", "Accept", RunningStore.ATOM);
        if (page.statusCode() == 404) {
            return List.of();
        }
        var ids = new ArrayList<String>();
        new JsonObject(page.body())
                .getJsonArray("entries")
                .forEach(entry -> ids.add(0, ((JsonObject) entry).getString("eventId")));
        return ids;
    }

    private static void check(List<Done> history, List<String> stored) {
        var appended = history.stream()
                .filter(done -> done.status() == 201)
                .sorted(Comparator.comparingLong(Done::number))
                .toList();
        var inOrder = new ArrayList<String>();
        long head = -1;
        long latestAsked = 0;
        for (var done : appended) {
            assertThat(done.number()).as("behind the one before, without a gap").isEqualTo(head + 1);
            assertThat(done.expected()).isIn(Append.ANY, head);
            assertThat(done.told()).as("told after all before were asked").isGreaterThan(latestAsked);
            latestAsked = Math.max(latestAsked, done.asked());
            done.ids().forEach(id -> inOrder.add(id.toString()));
            head = done.last();
        }
        assertThat(inOrder).isEqualTo(stored);
        history.stream().filter(done -> done.status() == 400).forEach(done -> checkRefusal(done, appended));
    }

    /** While it was under way, the stream was at the version that it was told, and that is not the one it expected. */
    private static void checkRefusal(Done refused, List<Done> appended) {
        long current = refused.number();
        assertThat(refused.expected()).isNotIn(Append.ANY, current);
        var before = appended.stream().filter(done -> done.last() == current).findFirst();
        var after =
                appended.stream().filter(done -> done.number() == current + 1).findFirst();
        assertThat(before.isPresent() || current == -1).isTrue();
        before.ifPresent(done -> assertThat(done.asked()).isLessThan(refused.told()));
        after.ifPresent(done -> assertThat(done.told()).isGreaterThan(refused.asked()));
    }
}
