package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a store, as it goes over the wire. */
class RequestsTest {
    private final StreamId id = new StreamId(0x0000_1111_2222_4333L, 0x8444_5555_6666_7777L);

    /** A stream's own address is a page of 20 events, of the original and of the stand-in. */
    @ParameterizedTest
    @CsvSource({"1,''", "10,''", "20,''", "21,/head/backward/21", "1000,/head/backward/1000"})
    void shouldReadAStreamWholeHoweverManyEventsItHas(int events, String page) {
        var requests = new Requests(setup(events));

        var read = requests.request(id, events).toString(StandardCharsets.UTF_8);

        assertThat(requests.kind(events)).isEqualTo(Kind.READ_STREAM);
        assertThat(read).startsWith("GET /streams/" + id + page + " HTTP/1.1\r\n");
    }

    private static Setup setup(int events) {
        return new Setup(URI.create("http://store:2113"), 1, 0, 1, events, 1, 100, 1, null, null, false);
    }
}
