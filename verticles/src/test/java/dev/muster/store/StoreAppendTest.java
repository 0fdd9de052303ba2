package dev.muster.store;

import static dev.muster.store.Feeds.json;
import static dev.muster.store.Feeds.titles;
import static dev.muster.store.RunningStore.ATOM;
import static dev.muster.store.RunningStore.EVENTS;
import static dev.muster.store.RunningStore.ids;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the store answers to who appends, held against EventStoreDB's documentation of its HTTP API. */
class StoreAppendTest extends StoreScenario {
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
}
