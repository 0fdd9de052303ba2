package dev.muster.store;

import static dev.muster.store.Feeds.json;
import static dev.muster.store.Feeds.links;
import static dev.muster.store.Feeds.titles;
import static dev.muster.store.RunningStore.ATOM;
import static dev.muster.store.RunningStore.EVENTS;
import static dev.muster.store.RunningStore.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store answers to who reads, held against EventStoreDB's documentation of its HTTP API. */
class StoreReadTest extends StoreScenario {
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
}
