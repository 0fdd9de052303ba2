package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages found in bytes: the vectors, and what no vector can say. */
@Tag("smoke")
class ParserTest {
    private final Heard heard = new Heard();

    @ParameterizedTest
    @MethodSource("dev.muster.broker.Vector#all")
    void shouldReadEachVectorWhole(Vector vector) {
        for (var burst : vector.bursts()) {
            heard.read(burst);
            heard.silence();
        }

        assertThat(heard.messages).isEqualTo(vector.texts('='));
    }

    @ParameterizedTest
    @MethodSource("dev.muster.broker.Vector#all")
    void shouldReadEachVectorSplitAtAnyTwoBytes(Vector vector) {
        int length = vector.bursts().stream().mapToInt(String::length).max().orElseThrow();
        for (int first = 0; first <= length; first++) {
            for (int second = first; second <= length; second++) {
                var split = new Heard();

                for (var burst : vector.bursts()) {
                    int a = Math.min(first, burst.length());
                    int b = Math.min(second, burst.length());
                    split.read(burst.substring(0, a));
                    split.read(burst.substring(a, b));
                    split.read(burst.substring(b));
                    split.silence();
                }

                assertThat(split.messages)
                        .as("split at %d and %d", first, second)
                        .isEqualTo(vector.texts('='));
            }
        }
    }

    @Test
    void shouldNotTakeTheBeginningOfANumberForTheNumber() {
        heard.read("NewEngine:x:11");
        assertThat(heard.messages).isEmpty();
        assertThat(heard.unread.awaitsSilence()).isTrue();

        heard.read("0HeartBeat:x:11");
        assertThat(heard.messages).containsExactly("NewEngine x 110");

        heard.read("1");
        assertThat(heard.messages).containsExactly("NewEngine x 110", "HeartBeat x 111");
        assertThat(heard.unread.awaitsSilence()).isFalse();
    }

    @Test
    void shouldNotTakeATruncatedWordForAMessageHoweverLongItTakes() {
        heard.read("NewEngine:x");
        heard.silence();
        assertThat(heard.messages).isEmpty();

        heard.read("y:0");
        assertThat(heard.messages).containsExactly("NewEngine xy 0");
    }

    @Test
    void shouldGoOnBehindWhatIsMalformed() {
        heard.read("NewEngine:x:0HeartBeat:x:1HeartBeat:?:2HeartBeat:x:HeartBeat:x:2");

        assertThat(heard.messages).containsExactly("NewEngine x 0", "HeartBeat x 1", "Malformed", "HeartBeat x 2");
    }

    @Test
    void shouldRefuseWhatIsTooLarge() {
        var id = "i".repeat(129);

        for (var text : List.of(
                "NewEngine:" + id + ":0\n",
                "MUSTER:2:NewEngine:" + id + ":0\n",
                "NewEngine:x:9007199254740992\n",
                "MUSTER:2:NewEngine:x:9007199254740992\n",
                "MUSTER:2:NewEngine:x:0:0123456789abcdeF\n",
                "MUSTER:2:NewEngine:x:0:0123456789abcdef0\n")) {
            var refused = new Heard();

            refused.read(text);
            refused.read("NewEngine:x:9007199254740991\n");

            assertThat(refused.messages).as(text).containsExactly("Malformed", "NewEngine x 9007199254740991");
        }
    }

    @Test
    void shouldTellOfGarbageWithoutEndAgainAndAgain() {
        for (int i = 0; i < 1_000; i++) {
            heard.read("garbage?");
        }

        assertThat(heard.messages).hasSize(1 + 8_000 / 256).containsOnly("Malformed");
    }
}
