package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EventScannerTest {
    private static final String ADDED = "{\"type\":\"ADDED\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\","
            + "\"metadata\":{\"name\":\"a-1\",\"namespace\":\"scaletest\",\"uid\":\"x\",\"resourceVersion\":\"17\","
            + "\"creationTimestamp\":\"2026-01-02T03:04:05Z\","
            + "\"labels\":{\"name\":\"not this\"},\"annotations\":{\"other\":\"}\\\"{[\","
            + "\"scaletest/createTimestamp\":\"1700000000000000000\"},\"managedFields\":[{\"a\":[{}]}]},"
            + "\"data\":{\"metadata\":\"{\\\"name\\\":1}\"}}}\n";
    private static final String MODIFIED =
            "{\"object\":{\"data\":{\"x\":\"y\"},\"metadata\":{\"annotations\":{\"scaletest/updateTimestamp\":\"5\"},"
                    + "\"name\":\"\\u00e4\\\"b\",\"resourceVersion\":\"18\"}},\"type\":\"MODIFIED\"}\n";
    private static final String BOOKMARK =
            "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"99\",\"creationTimestamp\":null}}}\n";
    private static final String ERROR =
            "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"metadata\":{},\"status\":\"Failure\",\"code\":410}}\n";

    private static final List<WatchEvent> EVENTS = List.of(
            new WatchEvent(
                    WatchEvent.Type.ADDED,
                    "scaletest",
                    "a-1",
                    "17",
                    "1700000000000000000",
                    "",
                    0,
                    "2026-01-02T03:04:05Z",
                    0),
            new WatchEvent(WatchEvent.Type.MODIFIED, "", "\u00e4\"b", "18", "", "5", 0, "", 0),
            new WatchEvent(WatchEvent.Type.BOOKMARK, "", "", "99", "", "", 0, "", 0),
            new WatchEvent(WatchEvent.Type.ERROR, "", "", "", "", "", 410, "", 0));

    @Property(tries = 200)
    void shouldFindTheSameEventsHoweverTheBytesAreCut(@ForAll long seed) {
        var bytes = Buffer.buffer(ADDED + MODIFIED + BOOKMARK + ERROR).getBytes();
        var random = new Random(seed);
        var scanner = new EventScanner(false);
        var found = new ArrayList<WatchEvent>();

        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(200));
            scanner.feed(Buffer.buffer(Arrays.copyOfRange(bytes, from, to)), found::add);
            from = to;
        }

        assertThat(found).isEqualTo(EVENTS);
    }

    @Test
    void shouldTakeAnEventLargerThanAMebibyte() {
        var large = ADDED.replace("\"data\":{", "\"data\":{\"big\":\"" + "x".repeat(3 << 20) + "\",");
        var scanner = new EventScanner(false);
        var found = new ArrayList<WatchEvent>();
        var bytes = Buffer.buffer(large);

        scanner.feed(bytes.slice(0, 1 << 20), found::add);
        scanner.feed(bytes.slice(1 << 20, bytes.length()), found::add);

        assertThat(found).containsExactly(EVENTS.get(0));
    }

    @Test
    void shouldTellByTheDigestWhetherTwoObjectsAreTheSame() {
        var scanner = new EventScanner(true);
        var found = new ArrayList<WatchEvent>();

        for (var line : List.of(ADDED, ADDED.replace("ADDED", "MODIFIED"), ADDED.replace("name\\\":1", "name\\\":2"))) {
            scanner.feed(Buffer.buffer(line), found::add);
        }

        assertThat(found).extracting(WatchEvent::digest).doesNotContain(0L);
        assertThat(found.get(1).digest()).isEqualTo(found.get(0).digest());
        assertThat(found.get(2).digest()).isNotEqualTo(found.get(0).digest());
    }

    @Test
    void shouldSayThatALineIsNoEvent() {
        for (var line :
                List.of("<html>\n", "{\"type\":\"ADDED\"\n", "{\"type\":\"NEW\",\"object\":{}}\n", "{\"type\n")) {
            assertThatThrownBy(() -> new EventScanner(false).feed(Buffer.buffer(line), event -> {}))
                    .as(line)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldReadTimestampsOfBothLayouts() {
        assertThat(Timestamps.read("1700000000123456789")).hasValue(1_700_000_000_123_456_789L);
        assertThat(Timestamps.read("2023-11-14 22:13:20.123 +0000")).hasValue(1_700_000_000_123_000_000L);
        assertThat(Timestamps.read("2023-11-14 17:13:20.123 -0500")).hasValue(1_700_000_000_123_000_000L);
        assertThat(Timestamps.read("")).isEmpty();
        assertThat(Timestamps.read("yesterday")).isEmpty();
    }
}
