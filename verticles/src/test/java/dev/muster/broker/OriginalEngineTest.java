package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.broker.RunningBroker.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An engine as the original's: written from the protocol alone, without frames, and with writes that the network merges
 * and splits anywhere. Over real sockets; what the parser makes of every cut in memory is {@link ParserTest}'s.
 */
class OriginalEngineTest {
    /** So many that the number grows a digit, which makes its beginning a number too. */
    private static final int HEARTBEATS = 12;

    private static final String REGISTERED = "SUCCESS:Registered";

    /** A number at the end of a read is complete after 50 ms of silence: parts that come later than this prove nothing. */
    private static final Duration SOON = Duration.ofMillis(25);

    private RunningBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = RunningBroker.start(Settings.USUAL);
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void shouldHearEveryHeartbeatWhereverTheTextIsCutInTwoReads() throws Exception {
        var expected = new TreeMap<String, Integer>();
        for (int cut = 1; cut < conversation("e000x00").length(); cut++) {
            var id = inTwoReads(cut);
            expected.put(id, HEARTBEATS);
        }

        await().untilAsserted(() -> assertThat(lastNumbers()).containsAllEntriesOf(expected));
        assertThat(broker.count("heartbeats_duplicated")).isZero();
    }

    /** Returns the id of an engine whose two parts came soon after each other, and in two reads. */
    private String inTwoReads(int cut) throws Exception {
        for (int attempt = 0; attempt < 100; attempt++) {
            var id = "e%03dx%02d".formatted(cut, attempt);
            var text = conversation(id);
            var engine = broker.connect();
            var started = System.nanoTime();
            engine.send(text.substring(0, cut));
            readByNow();
            engine.send(text.substring(cut));
            if (System.nanoTime() - started < SOON.toNanos()) {
                assertThat(engine.receive(REGISTERED.length())).isEqualTo(REGISTERED);
                return id;
            }
            engine.close();
        }
        throw new AssertionError("this machine never sent two parts within " + SOON);
    }

    /** Others were answered since: what was sent before is read, on whichever of the two event loops, but for bad luck. */
    private void readByNow() throws IOException {
        for (int i = 0; i < 4; i++) {
            try (var other = broker.connect()) {
                other.send("?\n");
                assertThat(other.line()).startsWith("ERROR:");
            }
        }
    }

    @Test
    void shouldTakeTheWholeConversationWhenItComesAtOnce() throws Exception {
        for (int i = 0; i < 100; i++) {
            var engine = broker.connect().send(conversation("m" + i));
            assertThat(engine.receive(REGISTERED.length())).isEqualTo(REGISTERED);
        }

        await().untilAsserted(
                        () -> assertThat(lastNumbers()).hasSize(100).values().allMatch(last -> last == HEARTBEATS));
        assertThat(broker.count("heartbeats")).isEqualTo(100L * HEARTBEATS);
        assertThat(broker.count("heartbeats_out_of_sequence")).isZero();
        assertThat(broker.count("malformed")).isZero();
    }

    @Test
    void shouldTakeANumberForCompleteAfterASilence() throws Exception {
        var engine = broker.connect().send("NewEngine:x:9HeartBeat:x:1");
        await().untilAsserted(
                        () -> assertThat(broker.count("heartbeats_duplicated")).isOne());

        engine.send("HeartBeat:x:10");

        await().untilAsserted(() -> assertThat(lastNumbers()).containsEntry("x", 10));
    }

    private static String conversation(String id) {
        var text = new StringBuilder("NewEngine:" + id + ":0");
        for (int i = 1; i <= HEARTBEATS; i++) {
            text.append("HeartBeat:").append(id).append(':').append(i);
        }
        return text.toString();
    }

    private Map<String, Integer> lastNumbers() throws IOException, InterruptedException {
        return broker.body("/engines")
                .lines()
                .skip(1)
                .map(row -> row.split(",", -1))
                .collect(Collectors.toMap(row -> row[0], row -> Integer.parseInt(row[2])));
    }
}
