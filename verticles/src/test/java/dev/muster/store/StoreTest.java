package dev.muster.store;

import static dev.muster.store.RunningStore.ATOM;
import static dev.muster.store.RunningStore.EVENTS;
import static dev.muster.store.RunningStore.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sql.EmbeddedMariaDb;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store answers, held against EventStoreDB's documentation of its HTTP API. */
class StoreTest {
    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // before the first test
    private static EmbeddedMariaDb database;

    @SuppressWarnings("NullAway.Init")
    private static RunningStore store;

    private final String stream = UUID.randomUUID().toString();
    private final String path = "/streams/" + stream;

    @BeforeAll
    static void start() throws Exception {
        var home = Path.of(System.getProperty("muster.mariadb.home"));
        database = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(home, folder.resolve("db"), false, 0));
        store = RunningStore.start(database.url(), "--store-max-body=65536");
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        database.close();
    }

    @Test
    @Tag("smoke")
    void shouldAnswerWhatTheScenarioAsks() throws Exception {
        var ids = ids(10);
        for (int number = 0; number < 10; number++) {
            var created = store.append(stream, List.of(ids.get(number)));

            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.headers().firstValue("Location")).hasValue(store.url() + path + "/" + number);
        }

        var feed = json(store.get(path, "Accept", ATOM));
        assertThat(titles(feed))
                .containsExactlyElementsOf(IntStream.range(0, 10)
                        .mapToObj(i -> (9 - i) + "@" + stream)
                        .toList());
        for (int number = 0; number < 10; number++) {
            var event = store.get(path + "/" + number, "Accept", ATOM);

            assertThat(event.statusCode()).isEqualTo(200);
            var content = new JsonObject(event.body()).getJsonObject("content");
            assertThat(content.getString("eventId")).isEqualTo(ids.get(number).toString());
            assertThat(content.getInteger("eventNumber")).isEqualTo(number);
            assertThat(content.getJsonObject("data").getString("id"))
                    .isEqualTo(ids.get(number).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ATOM, "application/atom+json", "application/json"})
    void shouldAnswerStreamsAndEventsInTheTypesThatItIsAskedFor(String type) throws Exception {
        store.append(stream, ids(1));

        for (var asked : List.of(path, path + "/0")) {
            var answer = store.get(asked, "Accept", "text/html;q=0.9, " + type + ";charset=utf-8");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue(type + "; charset=utf-8");
            assertThat(new JsonObject(answer.body()).fieldNames()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'application/json;q=0.5, application/atom+json;q=0.9', application/atom+json",
        "'application/atom+json;q=0, application/json', application/json",
        "'*/*;q=0.1, application/json;q=0.2', application/json",
    })
    void shouldAnswerInTheTypeThatIsLikedBest(String accept, String type) throws Exception {
        store.append(stream, ids(1));

        var answer = store.get(path + "/0", "Accept", accept);

        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type + "; charset=utf-8");
    }

    @Test
    void shouldGiveTheBareDataByteByByteToWhoWantsJson() throws Exception {
        var data = "{ \"n\":1.10,  \"u\":\"\u00fc\" , \"big\":123456789012345678901234567890}";
        store.post(
                path,
                "[{\"data\":" + data + ",\"eventType\":\"t\",\"eventId\":\"" + UUID.randomUUID() + "\"}]",
                "Content-Type",
                EVENTS);

        assertThat(store.get(path + "/0", "Accept", "application/json").body()).isEqualTo(data);
        assertThat(store.get(path + "/0?format=json").body()).isEqualTo(data);
    }

    @Test
    void shouldAppendSingleEventsByTheirHeaders() throws Exception {
        var id = UUID.randomUUID();

        var created = store.post(
                path, "{\"a\":1}", "Content-Type", "application/json", "ES-EventType", "A", "ES-EventId", "" + id);
        var bytes = store.post(
                path,
                "no JSON",
                "Content-Type",
                "application/octet-stream",
                "ES-EventType",
                "B",
                "ES-EventId",
                "" + UUID.randomUUID());

        assertThat(List.of(created.statusCode(), bytes.statusCode())).containsOnly(201);
        assertThat(json(store.get(path + "/0", "Accept", ATOM)).getString("summary"))
                .isEqualTo("A");
        var read = store.get(path + "/1", "Accept", "application/json");
        assertThat(read.body()).isEqualTo("no JSON");
        assertThat(read.headers().firstValue("Content-Type")).hasValue("application/octet-stream; charset=utf-8");
    }

    @Test
    void shouldSendWhoHasNoIdToAnAddressThatMayBeRepeated() throws Exception {
        var redirect = store.post(path, "{\"a\":1}", "Content-Type", "application/json", "ES-EventType", "SomeEvent");

        assertThat(redirect.statusCode()).isEqualTo(307);
        var location = redirect.headers()
                .firstValue("Location")
                .orElseThrow()
                .substring(store.url().length());
        assertThat(location).startsWith(path + "/incoming/");
        for (int i = 0; i < 2; i++) {
            var created =
                    store.post(location, "{\"a\":1}", "Content-Type", "application/json", "ES-EventType", "SomeEvent");
            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.headers().firstValue("Location")).hasValue(store.url() + path + "/0");
        }
    }

    @ParameterizedTest
    @CsvSource({"-2", "-1", "2"})
    void shouldAnswerTheSameAppendAgainAsTheFirstTime(int expected) throws Exception {
        if (expected == 2) {
            store.append(stream, ids(3));
        }
        var ids = ids(3);
        var version = new String[] {"ES-ExpectedVersion", "" + expected};
        var first = store.append(stream, ids, version);
        store.append(stream, ids(2));

        var again = store.append(stream, ids, version);

        assertThat(List.of(first.statusCode(), again.statusCode())).containsOnly(201);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(titles(json(store.get(path, "Accept", ATOM)))).hasSize(expected == 2 ? 8 : 5);
    }

    @Test
    void shouldRefuseEventsOfWhichTheStreamHasSome() throws Exception {
        var ids = ids(2);
        store.append(stream, ids);
        var mixed = List.of(ids.get(1), UUID.randomUUID());

        assertThat(store.append(stream, mixed).statusCode()).isEqualTo(400);

        assertThat(titles(json(store.get(path, "Accept", ATOM)))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"-1, 400", "-2, 201", "-4, 201", "0, 400", "1, 201", "2, 400", "99, 400"})
    void shouldHoldTheExpectedVersionAgainstAStreamOfTwo(String expected, int status) throws Exception {
        store.append(stream, ids(2));

        var answer = store.append(stream, ids(1), "ES-ExpectedVersion", expected);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.headers().firstValue("ES-CurrentVersion")).hasValue("1");
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 201", "-2, 201", "-4, 400", "0, 400"})
    void shouldHoldTheExpectedVersionAgainstAStreamThatIsNotThere(String expected, int status) throws Exception {
        var answer = store.append(stream, ids(1), "ES-ExpectedVersion", expected);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.headers().firstValue("ES-CurrentVersion")).hasValue("-1");
        }
    }

    @Test
    void shouldContinueTheNumbersOfAStreamThatWasDeletedSoftly() throws Exception {
        store.append(stream, ids(3));

        assertThat(store.delete(path).statusCode()).isEqualTo(204);

        assertThat(store.get(path, "Accept", ATOM).statusCode()).isEqualTo(404);
        assertThat(store.get(path + "/1", "Accept", ATOM).statusCode()).isEqualTo(404);
        var anew = store.append(stream, ids(2), "ES-ExpectedVersion", "-1");
        assertThat(anew.headers().firstValue("Location")).hasValue(store.url() + path + "/3");
        var feed = json(store.get(path, "Accept", ATOM));
        assertThat(titles(feed)).containsExactly("4@" + stream, "3@" + stream);
        assertThat(links(feed)).noneMatch(link -> link.startsWith("next") || link.startsWith("last"));
        assertThat(store.get(path + "/2", "Accept", ATOM).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldNeverBeginAStreamAnewThatWasDeletedForGood() throws Exception {
        store.append(stream, ids(3));

        assertThat(store.delete(path, "ES-HardDelete", "true").statusCode()).isEqualTo(204);

        assertThat(Stream.of(
                                store.get(path, "Accept", ATOM),
                                store.get(path + "/1", "Accept", ATOM),
                                store.get(path + "/0/forward/10", "Accept", ATOM),
                                store.append(stream, ids(1)),
                                store.delete(path))
                        .map(HttpResponse::statusCode))
                .containsOnly(410);
    }

    @Test
    void shouldDeleteOnlyTheVersionThatIsExpected() throws Exception {
        store.append(stream, ids(3));

        var refused = store.delete(path, "ES-ExpectedVersion", "1");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("ES-CurrentVersion")).hasValue("2");
        assertThat(store.delete(path, "ES-ExpectedVersion", "2").statusCode()).isEqualTo(204);
    }

    /** The links of the documentation's example, a stream of 27 events. */
    @Test
    void shouldLinkThePagesOfAStreamAsDocumented() throws Exception {
        store.append(stream, ids(27));
        var url = store.url() + path;

        var head = json(store.get(path, "Accept", ATOM));
        var last = json(store.get(path + "/0/forward/20", "Accept", ATOM));
        var beyond = json(store.get(path + "/27/forward/20", "Accept", ATOM));

        assertThat(links(head))
                .containsExactly(
                        "self " + url,
                        "first " + url + "/head/backward/20",
                        "last " + url + "/0/forward/20",
                        "next " + url + "/6/backward/20",
                        "previous " + url + "/27/forward/20");
        assertThat(head.getBoolean("headOfStream")).isTrue();
        assertThat(titles(head)).hasSize(20).startsWith("26@" + stream);
        assertThat(links(last))
                .containsExactly(
                        "self " + url, "first " + url + "/head/backward/20", "previous " + url + "/20/forward/20");
        assertThat(titles(last)).hasSize(20).startsWith("19@" + stream).endsWith("0@" + stream);
        assertThat(links(beyond))
                .containsExactly(
                        "self " + url,
                        "first " + url + "/head/backward/20",
                        "last " + url + "/0/forward/20",
                        "next " + url + "/26/backward/20");
        assertThat(titles(beyond)).isEmpty();
    }

    @Test
    void shouldReadTheWholeStreamByFollowingNext() throws Exception {
        store.append(stream, ids(27));
        var seen = new java.util.ArrayList<String>();

        var next = path + "/head/backward/7";
        while (!next.isEmpty()) {
            var page = json(store.get(next, "Accept", ATOM));
            seen.addAll(titles(page));
            next = links(page).stream()
                    .filter(link -> link.startsWith("next "))
                    .map(link -> link.substring("next ".length() + store.url().length()))
                    .findFirst()
                    .orElse("");
        }

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 27)
                        .mapToObj(i -> (26 - i) + "@" + stream)
                        .toList());
    }

    @Test
    void shouldEmbedDataAsTextAndCutPagesThatGrowTooLarge() throws Exception {
        var large = "\"" + "x".repeat(60_000) + "\"";
        for (int i = 0; i < 80; i++) {
            store.post(
                    path,
                    "[{\"eventId\":\"" + UUID.randomUUID() + "\",\"eventType\":\"t\",\"data\":" + large + "}]",
                    "Content-Type",
                    EVENTS);
        }

        var cut = json(store.get(path + "/head/backward/80?embed=body", "Accept", ATOM));

        var entries = cut.getJsonArray("entries");
        assertThat(entries.size()).isBetween(40, 79);
        assertThat(entries.getJsonObject(0).getString("data")).isEqualTo(large);
        int lowest = 80 - entries.size();
        assertThat(links(cut)).anyMatch(link -> link.endsWith(path + "/" + (lowest - 1) + "/backward/80"));
    }

    @Test
    void shouldNotSendAStreamAgainThatHasNotChanged() throws Exception {
        store.append(stream, ids(1));
        var first = store.get(path, "Accept", ATOM);
        var tag = first.headers().firstValue("ETag").orElseThrow();

        var same = store.get(path, "Accept", ATOM, "If-None-Match", tag);
        var unquoted = store.get(path, "Accept", ATOM, "If-None-Match", tag.replace("\"", ""));
        var otherType = store.get(path, "Accept", "application/json", "If-None-Match", tag);
        store.append(stream, ids(1));
        var changed = store.get(path, "Accept", ATOM, "If-None-Match", tag);

        assertThat(List.of(same.statusCode(), unquoted.statusCode())).containsOnly(304);
        assertThat(same.body()).isEmpty();
        assertThat(List.of(otherType.statusCode(), changed.statusCode())).containsOnly(200);
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("max-age=0, no-cache, must-revalidate");
        assertThat(store.get(path + "/0", "Accept", ATOM).headers().firstValue("Cache-Control"))
                .hasValue("max-age=31536000, public");
    }

    @Test
    void shouldDescribeTheStreamToWhoDoesNotSayWhatToAccept() throws Exception {
        var described = store.get(path);
        var unknown = store.get(path, "Accept", "image/png");

        assertThat(described.statusCode()).isEqualTo(200);
        assertThat(unknown.statusCode()).isEqualTo(406);
        assertThat(json(described).getString("title")).isEqualTo("Description document for '" + stream + "'");
        assertThat(unknown.body()).isEqualTo(described.body());
        assertThat(store.get(path + "/0", "Accept", "image/png").statusCode()).isEqualTo(406);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    text/plain                            | []                                     | 415
                    application/vnd.eventstore.events+xml | <a/>                                   | 415
                    application/vnd.eventstore.events+json | []                                    | 400
                    application/vnd.eventstore.events+json | {}                                    | 400
                    application/vnd.eventstore.events+json | [{"eventId":                          | 400
                    application/vnd.eventstore.events+json | [{"eventType":"t"}]                   | 400
                    application/vnd.eventstore.events+json | [{"eventId":"1-1-1-1-1","eventType":"t"}] | 400
                    application/vnd.eventstore.events+json | [{"eventId":"ID"}]                    | 400
                    application/vnd.eventstore.events+json | [{"eventId":"ID","eventType":"t"},{"eventId":"ID","eventType":"t"}] | 400
                    application/vnd.eventstore.events+json | [{"eventId":"ID","eventType":"t"}] [] | 400
                    """)
    void shouldRefuseWhatIsNoEvent(String type, String body, int status) throws Exception {
        var id = UUID.randomUUID().toString();

        var answer = store.post(path, body.replace("ID", id), "Content-Type", type);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isNotBlank();
        assertThat(store.get(path, "Accept", ATOM).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseWhatIsTooLargeAndSayHowMuchIsTaken() throws Exception {
        var answer = store.postAlone(path, "x".repeat(70_000), "Content-Type", EVENTS);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("65536", "--store-max-body");
    }

    @Test
    void shouldKeepSystemStreamsToItself() throws Exception {
        assertThat(store.append("$all", ids(1)).statusCode()).isEqualTo(401);
        assertThat(store.get("/streams/%24all", "Accept", ATOM).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldTellApartNamesThatDifferInCaseAccentsAndBlanks() throws Exception {
        var names = List.of(stream + "a", stream + "A", stream + "%C3%A4", stream + "a%20", stream + "a%2Fb");

        for (var name : names) {
            var created = store.append(name, ids(1), "ES-ExpectedVersion", "-1");

            assertThat(created.headers().firstValue("Location")).hasValue(store.url() + "/streams/" + name + "/0");
            assertThat(store.get("/streams/" + name + "/0", "Accept", ATOM).statusCode())
                    .isEqualTo(200);
        }
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    private static List<String> titles(JsonObject feed) {
        return objects(feed.getJsonArray("entries"))
                .map(entry -> entry.getString("title"))
                .toList();
    }

    private static List<String> links(JsonObject feed) {
        return objects(feed.getJsonArray("links"))
                .map(link -> link.getString("relation") + " " + link.getString("uri"))
                .toList();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }
}
