package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.sql.EmbeddedMariaDb;
import dev.muster.testing.ChildJvm;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store and its MariaDB killed with SIGKILL under load: what was answered 201 is there afterwards, once. */
class StoreFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int USERS = 24;
    private static final int EVENTS = 60;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Executor later = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private int port;

    @SuppressWarnings("NullAway.Init") // before each test
    private EmbeddedMariaDb database;

    @SuppressWarnings("NullAway.Init")
    private Process process;

    @BeforeEach
    void start() throws Exception {
        var home = Path.of(System.getProperty("muster.mariadb.home"));
        database = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(home, folder.resolve("db"), false, 0));
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        startStore();
    }

    @AfterEach
    void stop() throws Exception {
        process.destroyForcibly().waitFor();
        database.close();
    }

    private void killDatabase() {
        ProcessHandle.of(database.pid()).orElseThrow().destroyForcibly();
    }

    private void startStore() throws Exception {
        process = ChildJvm.start(StoreProcess.class, database.url(), "--store-port=" + port);
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = Objects.requireNonNull(out.readLine(), "the store ended");
        while (!line.startsWith("http")) {
            line = Objects.requireNonNull(out.readLine(), "the store ended");
        }
    }

    @Test
    void shouldLoseAndDoubleNothingWhenItIsKilledWithItsDatabase() throws Exception {
        var streams = new ConcurrentHashMap<String, List<UUID>>();
        var users = IntStream.range(0, USERS)
                .mapToObj(user -> {
                    var ids = RunningStore.ids(EVENTS);
                    var stream = UUID.randomUUID().toString();
                    streams.put(stream, ids);
                    // Every other one says what it expects, and so is told its own event's number again.
                    return append(stream, ids, 0, user % 2 == 0);
                })
                .toList();

        await().atMost(PATIENCE).until(() -> acknowledged.get() > USERS * EVENTS / 6);
        process.destroyForcibly().waitFor();
        killDatabase();
        int failedBefore = failed.get();
        await().atMost(PATIENCE).until(() -> failed.get() > failedBefore);
        database = database.restart();
        startStore();
        int acknowledgedBefore = acknowledged.get();
        await().atMost(PATIENCE).until(() -> acknowledged.get() > acknowledgedBefore + USERS * EVENTS / 6);
        killDatabase();
        await().atMost(PATIENCE).until(() -> failed.get() > failedBefore + USERS);
        database = database.restart();
        CompletableFuture.allOf(users.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);

        assertThat(acknowledged).hasValue(USERS * EVENTS);
        for (var stream : streams.entrySet()) {
            assertThat(stored(stream.getKey()))
                    .isEqualTo(stream.getValue().stream().map(UUID::toString).toList());
        }
    }

    /** One event after another, each until it is acknowledged, with the number that it must have. */
    private CompletableFuture<Void> append(String stream, List<UUID> ids, int next, boolean expecting) {
        if (next == ids.size()) {
            return CompletableFuture.completedFuture(null);
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/streams/" + stream))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", RunningStore.EVENTS)
                .header("ES-ExpectedVersion", expecting ? String.valueOf(next - 1) : "-2")
                .POST(BodyPublishers.ofString(RunningStore.events(List.of(ids.get(next)))))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .handle((answer, broken) -> broken == null && isAcknowledged(answer, stream + "/" + next))
                .thenCompose(stored -> {
                    if (stored) {
                        acknowledged.incrementAndGet();
                        return append(stream, ids, next + 1, expecting);
                    }
                    failed.incrementAndGet();
                    return CompletableFuture.runAsync(() -> {}, later)
                            .thenCompose(waited -> append(stream, ids, next, expecting));
                });
    }

    private static boolean isAcknowledged(HttpResponse<String> answer, String where) {
        if (answer.statusCode() == 503) {
            return false;
        }
        if (answer.statusCode() != 201
                || !answer.headers().firstValue("Location").orElse("").endsWith(where)) {
            throw new AssertionError(where + ": " + answer + " " + answer.headers() + answer.body());
        }
        return true;
    }

    private List<String> stored(String stream) throws Exception {
        var uri = "http://127.0.0.1:" + port + "/streams/" + stream + "/0/forward/1000?embed=rich";
        var request = HttpRequest.newBuilder(URI.create(uri)).header("Accept", RunningStore.ATOM);
        var page = client.send(request.build(), BodyHandlers.ofString()).body();
        var ids = new ArrayList<String>();
        new JsonObject(page)
                .getJsonArray("entries")
                .forEach(entry -> ids.add(0, ((JsonObject) entry).getString("eventId")));
        return ids;
    }
}
