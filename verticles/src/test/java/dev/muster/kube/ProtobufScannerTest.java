package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The bytes of a real API server are those of {@code InformerTest}; here they are cut and broken. */
class ProtobufScannerTest {
    private static final List<WatchEvent> EVENTS = List.of(
            new WatchEvent(WatchEvent.Type.ADDED, "scaletest", "a-1", "17", "1700", "", 0, "2023-11-14T22:13:20Z", 0),
            new WatchEvent(WatchEvent.Type.MODIFIED, "", "\u00e4", "18", "", "5", 0, "", 0),
            new WatchEvent(WatchEvent.Type.ERROR, "", "", "", "", "", 410, "", 0));

    @Property(tries = 200)
    void shouldFindTheSameEventsHoweverTheBytesAreCut(@ForAll long seed) {
        var bytes = all().getBytes();
        var random = new Random(seed);
        var scanner = new ProtobufScanner(false);
        var found = new ArrayList<WatchEvent>();

        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(100));
            scanner.feed(Buffer.buffer(Arrays.copyOfRange(bytes, from, to)), found::add);
            from = to;
        }

        assertThat(found).isEqualTo(EVENTS);
    }

    @Property(tries = 2_000)
    void shouldSayOfBrokenBytesThatTheyAreNoneAndNothingElse(@ForAll long seed) {
        var bytes = all().getBytes();
        var random = new Random(seed);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

        try {
            new ProtobufScanner(true).feed(Buffer.buffer(bytes), event -> {});
        } catch (IllegalArgumentException brokenAndSaidSo) {
            assertThat(brokenAndSaidSo).hasMessageMatching("(?s)(no (protobuf|object|enum)|No enum).*");
        }
    }

    @Test
    void shouldNotTakeJsonForProtobuf() {
        assertThatThrownBy(() -> new ProtobufScanner(false).feed(Buffer.buffer(new byte[] {-1, 1, 1, 1}), event -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Buffer all() {
        var added = metadata(
                text(1, "a-1"),
                text(3, "scaletest"),
                text(6, "17"),
                field(8, Buffer.buffer().appendBytes(new byte[] {8}).appendBytes(varint(1_700_000_000))),
                field(12, join(text(1, "other"), text(2, "x"))),
                field(12, join(text(1, "scaletest/createTimestamp"), text(2, "1700"))));
        var modified = metadata(
                text(1, "\u00e4"), text(6, "18"), field(12, join(text(1, "scaletest/updateTimestamp"), text(2, "5"))));
        var error = join(
                field(1, Buffer.buffer()),
                text(2, "Failure"),
                Buffer.buffer(new byte[] {6 << 3}).appendBytes(varint(410)));
        return join(frame("ADDED", added), frame("MODIFIED", modified), frame("ERROR", error));
    }

    private static Buffer metadata(Buffer... fields) {
        return join(field(1, join(fields)), field(2, text(1, "data")));
    }

    private static Buffer frame(String type, Buffer object) {
        var unknown = join(field(1, text(1, "v1")), field(2, object), text(3, ""), text(4, ""));
        var raw = field(1, Buffer.buffer("k8s\0").appendBuffer(unknown));
        var event = join(text(1, type), field(2, raw));
        return Buffer.buffer().appendInt(event.length()).appendBuffer(event);
    }

    private static Buffer text(int number, String text) {
        return field(number, Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Buffer field(int number, Buffer content) {
        return Buffer.buffer()
                .appendBytes(varint((number << 3) | 2))
                .appendBytes(varint(content.length()))
                .appendBuffer(content);
    }

    private static Buffer join(Buffer... parts) {
        var all = Buffer.buffer();
        for (var part : parts) {
            all.appendBuffer(part);
        }
        return all;
    }

    private static byte[] varint(long value) {
        var bytes = new byte[10];
        int length = 0;
        long rest = value;
        while (rest > 127) {
            bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return Arrays.copyOf(bytes, length);
    }
}
