package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.broker.RunningBroker.Settings;
import dev.muster.node.Identity;
import dev.muster.node.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Nonsense and broken conversations by the million beside a good engine. {@code ./muster test} takes the profile
 * {@code fuzz}, which sets how many streams; without it they are few. A failure names the stream:
 * {@code -Dmuster.fuzz.seed=SEED -Dmuster.fuzz.first=STREAM} begins with it.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("muster.fuzz.seed", System.nanoTime());
    private static final int FIRST = Integer.getInteger("muster.fuzz.first", 0);
    private static final int STREAMS = Integer.getInteger("muster.fuzz.streams", 20_000);
    private static final int MOST_KEPT = 256;

    /** One try with a random source of its own. */
    private interface Attempt {
        void with(RandomGenerator random, int stream) throws Exception;
    }

    private static void each(int streams, Attempt attempt) throws Exception {
        System.out.printf("fuzz: seed %d, %d streams%n", SEED, streams);
        for (int stream = FIRST; stream < FIRST + streams; stream++) {
            try {
                attempt.with(new SplittableRandom(SEED + stream), stream);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "fuzz: again by -Dmuster.fuzz.seed=" + SEED + " -Dmuster.fuzz.first=" + stream, failure);
            }
        }
    }

    @Test
    void shouldHearOfLinesWhatTheProtocolSaysHoweverTheyAreCut() throws Exception {
        each(STREAMS / 4, (random, stream) -> {
            var bytes = Streams.mutatedLines(random);
            var heard = new Heard();

            for (int at = 0; at < bytes.length; ) {
                int to = nextCut(bytes, at, random);
                heard.read(Arrays.copyOfRange(bytes, at, to));
                at = to;
                assertThat(heard.unread.kept.length).isLessThan(MOST_KEPT);
            }

            if (!heard.messages.equals(LinesReference.messages(bytes))) {
                assertThat(heard.messages).as(text(bytes)).isEqualTo(LinesReference.messages(bytes));
            }
        });
    }

    @Test
    void shouldHearAnEngineOfTheOriginalHoweverItIsMergedAndSplit() throws Exception {
        each(STREAMS / 4, (random, stream) -> {
            long last = random.nextInt(3) == 0 ? random.nextLong(1_000_000) : random.nextInt(12);
            var text = new StringBuilder("NewEngine:e-1:" + last);
            var expected = new ArrayList<>(List.of("NewEngine e-1 " + last));
            for (int beats = random.nextInt(12); beats > 0; beats--) {
                long number = random.nextInt(4) == 0 ? outOfSequence(last, random) : last + 1;
                text.append("HeartBeat:e-1:").append(number);
                expected.add("HeartBeat e-1 " + number);
                last = number == last + 1 ? number : last;
            }
            var heard = new Heard();

            var bytes = Streams.bytes(text.toString());
            for (int at = 0; at < bytes.length; ) {
                int to = nextCut(bytes, at, random);
                heard.read(Arrays.copyOfRange(bytes, at, to));
                at = to;
            }
            heard.silence();

            if (!heard.messages.equals(expected)) {
                assertThat(heard.messages).as(text.toString()).isEqualTo(expected);
            }
        });
    }

    /** A number that is not the next one, nor begins with it: where a read ended behind that, it would be taken for it. */
    private static long outOfSequence(long last, RandomGenerator random) {
        long number = last;
        while (number == last || String.valueOf(number).startsWith(String.valueOf(last + 1))) {
            number = random.nextLong(10 * last + 200);
        }
        return number;
    }

    @Test
    void shouldEndEveryBrokenConversationWithinBoundsAndServeTheGoodOneBetweenAnyTwoReads() throws Exception {
        var registry = new Registry(1_000);
        var alone = new Sharing(new Identity("fuzz", "1", "test", "broker"), registry, () -> 0);
        var shared = new Gate.Shared(registry, new Orders(), 1_000, new AtomicInteger(), alone);
        var gate = new Gate(shared, new Instruments(new Telemetry(), Duration.ofSeconds(10)), 10_000);
        var good = new Connected(gate);
        good.read("MUSTER:2:NewEngine:good:0\n");
        assertThat(good.closed).isFalse();
        var number = new long[1];

        each(STREAMS / 2, (random, stream) -> {
            var bad = new Connected(gate);
            var bytes = random.nextInt(4) == 0 ? Streams.nonsense(random) : Streams.mutated(random);
            for (int at = 0; at < bytes.length && !bad.closed; ) {
                int to = nextCut(bytes, at, random);
                bad.read(Arrays.copyOfRange(bytes, at, to));
                at = to;
                if (random.nextInt(8) == 0) {
                    gate.parser().silence(bad.unread);
                }
                assertThat(bad.unread.kept.length).isLessThan(MOST_KEPT);
                number[0]++;
                good.read("HeartBeat:good:" + number[0] + ":1:0\n");
                assertThat(good.acknowledged).isEqualTo(number[0]);
            }
            assertThat(bad.errors).isLessThanOrEqualTo(Conversation.MOST_ERRORS);
            if (bad.errors == Conversation.MOST_ERRORS) {
                assertThat(bad.closed).isTrue();
            }
            bad.leave();
            registry.forgetSilentSince(System.nanoTime() + 1);
            assertThat(registry.size()).isEqualTo(1);
        });
    }

    @Test
    void shouldServeAGoodEngineBesideBrokenOnesOverRealSockets() throws Exception {
        try (var broker = RunningBroker.start(new Settings(1_000, Duration.ofSeconds(30)));
                var good = broker.connect().send("MUSTER:2:NewEngine:good:0\n")) {
            good.line();
            var number = new long[1];

            each(STREAMS / 500, (random, stream) -> {
                try (var bad = broker.connect()) {
                    bad.send(new String(Streams.mutated(random), StandardCharsets.ISO_8859_1));
                    if (random.nextBoolean()) {
                        bad.reset();
                    }
                } catch (IOException closed) {
                    // the broker may have closed while it was sent
                }
                number[0]++;
                assertThat(good.send("HeartBeat:good:" + number[0] + ":1:0\n").line())
                        .isEqualTo("ACK:" + number[0] + ":1");
            });
        }
    }

    private static int nextCut(byte[] bytes, int at, RandomGenerator random) {
        return Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 4 : 400));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
