package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever TCP does to the bytes, and whatever a peer sends. */
class ParserPropertiesTest {
    @Property(tries = 2_000)
    void shouldReadAnEngineOfTheOriginalHoweverItIsCut(
            @ForAll @IntRange(max = 2_000) int start,
            @ForAll @IntRange(min = 1, max = 60) int beats,
            @ForAll long seed) {
        var text = new StringBuilder("NewEngine:e-1:" + start);
        var expected = new ArrayList<>(List.of("NewEngine e-1 " + start));
        for (int i = 1; i <= beats; i++) {
            text.append("HeartBeat:e-1:").append(start + i);
            expected.add("HeartBeat e-1 " + (start + i));
        }

        var heard = cut(text.toString().getBytes(StandardCharsets.US_ASCII), new Random(seed));

        assertThat(heard.messages).isEqualTo(expected);
        assertThat(heard.unread.awaitsSilence()).isFalse();
    }

    @Property(tries = 3_000)
    void shouldSayTheSameOfMutatedLinesHoweverTheyAreCut(@ForAll("mutatedLines") byte[] bytes, @ForAll long seed) {
        var whole = new Heard();
        whole.read(bytes);

        assertThat(cut(bytes, new Random(seed)).messages).isEqualTo(whole.messages);
    }

    @Property(tries = 3_000)
    void shouldTakeTheNextEngineBehindAnyGarbage(@ForAll byte[] garbage, @ForAll long seed) {
        var heard = cut(garbage, new Random(seed));

        heard.read("\n\nMUSTER:2:NewEngine:good:5\n");

        assertThat(heard.messages.get(heard.messages.size() - 1)).endsWith(" good 5");
    }

    @Provide
    Arbitrary<byte[]> mutatedLines() {
        var line = Arbitraries.of(
                "HeartBeat:e1:1:5:0\n",
                "HeartBeat:e1:2:6\r\n",
                "CONFIRM:1\n",
                "DONE:1:7\n",
                "BYE\n",
                "x".repeat(300) + "\n",
                "HeartBeat:e1:\n",
                ":\n",
                "\n");
        var edits = Arbitraries.integers().between(0, Integer.MAX_VALUE).list().ofMaxSize(4);
        return line.list().ofMaxSize(12).flatMap(lines -> edits.map(some -> mutated(String.join("", lines), some)));
    }

    private static byte[] mutated(String text, List<Integer> edits) {
        var bytes = ("MUSTER:2:NewEngine:e1:0\n" + text).getBytes(StandardCharsets.US_ASCII);
        int head = bytes.length - text.length();
        for (int edit : edits) {
            if (!text.isEmpty()) {
                bytes[head + edit % text.length()] = (byte) (edit >>> 16);
            }
        }
        return bytes;
    }

    private static Heard cut(byte[] bytes, Random random) {
        var heard = new Heard();
        for (int at = 0; at < bytes.length; ) {
            int to = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 400));
            heard.read(Arrays.copyOfRange(bytes, at, to));
            at = to;
        }
        return heard;
    }
}
