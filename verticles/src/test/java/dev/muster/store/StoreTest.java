package dev.muster.store;

import static dev.muster.store.Feeds.json;
import static dev.muster.store.Feeds.links;
import static dev.muster.store.Feeds.titles;
import static dev.muster.store.RunningStore.ATOM;
import static dev.muster.store.RunningStore.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stream from its first event to its end, held against EventStoreDB's documentation of its HTTP API. */
class StoreTest extends StoreScenario {
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
}
