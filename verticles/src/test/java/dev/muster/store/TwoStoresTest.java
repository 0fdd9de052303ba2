package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sql.EmbeddedMariaDb;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores on one database, each with what it remembers of a stream that the other one deletes. */
class TwoStoresTest {
    private final String stream = UUID.randomUUID().toString();
    private final String path = "/streams/" + stream;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private EmbeddedMariaDb database;

    @SuppressWarnings("NullAway.Init")
    private RunningStore one;

    @SuppressWarnings("NullAway.Init")
    private RunningStore other;

    @BeforeEach
    void start() throws Exception {
        var home = Path.of(System.getProperty("muster.mariadb.home"));
        database = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(home, folder.resolve("db"), false, 0));
        one = RunningStore.start(database.url());
        other = RunningStore.start(database.url());
    }

    @AfterEach
    void stop() throws Exception {
        one.close();
        other.close();
        database.close();
    }

    @Test
    void shouldHoldTheExpectedVersionAgainstAStreamThatTheOtherStoreDeletedSoftly() throws Exception {
        one.append(stream, RunningStore.ids(3));
        assertThat(status(other, 2))
                .as("the other one knows the stream now, to number 3")
                .isEqualTo(201);
        assertThat(one.delete(path, "ES-ExpectedVersion", "2").statusCode()).isEqualTo(400);
        assertThat(one.delete(path, "ES-ExpectedVersion", "3").statusCode()).isEqualTo(204);

        var refused = other.append(stream, RunningStore.ids(1), "ES-ExpectedVersion", "2");
        var anew = other.append(stream, RunningStore.ids(1), "ES-ExpectedVersion", "-1");
        var stale = one.append(stream, RunningStore.ids(1), "ES-ExpectedVersion", "3");
        var again = one.append(stream, RunningStore.ids(1), "ES-ExpectedVersion", "-1");
        var next = one.append(stream, RunningStore.ids(1), "ES-ExpectedVersion", "4");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(anew.statusCode()).as("to it the stream is there no more").isEqualTo(201);
        assertThat(anew.headers().firstValue("Location")).hasValue(other.url() + path + "/4");
        assertThat(List.of(stale.statusCode(), again.statusCode())).containsOnly(400);
        assertThat(stale.headers().firstValue("ES-CurrentVersion")).hasValue("4");
        assertThat(next.headers().firstValue("Location")).hasValue(one.url() + path + "/5");
        assertThat(titles(one)).isEqualTo(titles(other)).containsExactly("5@" + stream, "4@" + stream);
    }

    @Test
    void shouldRefuseAStreamThatTheOtherStoreDeletedForGood() throws Exception {
        one.append(stream, RunningStore.ids(2));
        assertThat(status(other, 1)).isEqualTo(201);

        assertThat(one.delete(path, "ES-HardDelete", "true").statusCode()).isEqualTo(204);

        assertThat(List.of(status(other, -2), status(other, -1), status(other, 2)))
                .containsOnly(410);
    }

    private int status(RunningStore store, int expected) throws Exception {
        return store.append(stream, RunningStore.ids(1), "ES-ExpectedVersion", String.valueOf(expected))
                .statusCode();
    }

    private List<String> titles(RunningStore store) throws Exception {
        var feed = new JsonObject(store.get(path, "Accept", RunningStore.ATOM).body());
        return feed.getJsonArray("entries").stream()
                .map(entry -> ((JsonObject) entry).getString("title"))
                .toList();
    }
}
