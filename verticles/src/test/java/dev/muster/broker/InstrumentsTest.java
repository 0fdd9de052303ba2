package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.CountersOf;
import dev.muster.node.Identity;
import dev.muster.node.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which heartbeats are late, by how much, and which are missed. */
class InstrumentsTest {
    private static final long PERIOD = 1_000_000_000;
    private static final long NONE = -1;

    private final Telemetry telemetry = new Telemetry();

    private long count(BrokerCounter counter) {
        return CountersOf.process(telemetry).getOrDefault(counter.id(), 0L);
    }

    /** Of one engine, at given times. */
    @Nested
    class OfASchedule {
        /** {@link System#nanoTime} may begin anywhere, below 0 too. */
        private static final long BEGIN = -5 * PERIOD / 2;

        private final Instruments instruments = new Instruments(telemetry, Duration.ofNanos(PERIOD));
        private final Block block = new Block(0);

        private void heartbeats(double... periods) {
            for (double period : periods) {
                instruments.heartbeat(block, 0, at(period), NONE);
            }
        }

        private static long at(double periods) {
            return BEGIN + Math.round(periods * PERIOD);
        }

        private void assertLateness(double... periods) {
            var samples = CountersOf.samples(telemetry, BrokerMetric.LATENESS);
            assertThat(samples.count()).isEqualTo(periods.length);
            for (int i = 0; i < periods.length; i++) {
                // Percentiles of so few are the samples in their order, known to 3 digits.
                assertThat((double) samples.percentile(100.0 * (i + 1) / periods.length))
                        .isBetween(0.999 * periods[i] * PERIOD, 1.001 * periods[i] * PERIOD);
            }
        }

        private void assertCounts(long heartbeats, long late, long missed) {
            assertThat(List.of(count(BrokerCounter.HEARTBEATS), count(BrokerCounter.LATE), count(BrokerCounter.MISSED)))
                    .as("heartbeats, late, missed")
                    .containsExactly(heartbeats, late, missed);
        }

        @Test
        void shouldExpectNothingBeforeTheFirstOne() {
            heartbeats(7.7);

            assertCounts(1, 0, 0);
            assertLateness();
        }

        @Test
        void shouldFindThoseInTimeThatComeAPeriodAfterTheLast() {
            heartbeats(0, 1, 2, 3);

            assertCounts(4, 0, 0);
            assertLateness(0, 0, 0);
        }

        @Test
        void shouldCallLateWhatComesATenthOfThePeriodTooLate() {
            heartbeats(0, 1.1, 2.1001, 3.05);

            assertCounts(4, 1, 0);
            assertLateness(0.05, 0.1, 0.1001);
        }

        @Test
        void shouldMeasureAgainstTheEarliestThatTheEngineHasShown() {
            heartbeats(0, 0.8, 2);

            assertCounts(3, 1, 0);
            assertLateness(0, 0.2);
        }

        @Test
        void shouldCountWholePeriodsWithoutTheDueOneAndBeginTheScheduleAnew() {
            heartbeats(0, 3.5, 4.5);

            assertCounts(3, 1, 2);
            assertLateness(0, 2.5);
        }

        @Test
        void shouldMissWhatWasDueUntilTheConnectionEnded() {
            heartbeats(0);

            instruments.ended(block, 0, at(4.2));
            instruments.ended(block, 0, at(9));
            heartbeats(20);

            assertCounts(2, 0, 3);
            assertLateness();
        }

        @Test
        void shouldMissNothingWhenTheConnectionEndsWithinAPeriodOfTheDueOne() {
            heartbeats(0);

            instruments.ended(block, 0, at(1.9));

            assertCounts(1, 0, 0);
        }
    }

    /** Wherever an engine's connection ends, what it missed until then is counted. */
    @Nested
    class OfAConversation {
        private static final Duration HOUR = Duration.ofHours(1);

        private final Registry registry = new Registry(10);
        private final Sharing alone = new Sharing(new Identity("test", "1", "test", "broker"), registry, () -> 0);
        private final Gate gate = new Gate(
                new Gate.Shared(registry, new Orders(), 10, new AtomicInteger(), alone),
                new Instruments(telemetry, HOUR),
                10_000);
        private final Connected engine = new Connected(gate);
        private final String token;

        /** It has sent one heartbeat, and the next one was due three periods and a half ago. */
        OfAConversation() {
            engine.read("MUSTER:2:NewEngine:x:0\n");
            token = engine.written.toString().split(":", -1)[2];
            engine.read("HeartBeat:x:1:5\n");
            registry.forEach(seat -> seat.block()
                    .expected(
                            seat.index(),
                            System.nanoTime()
                                    - HOUR.multipliedBy(7).dividedBy(2).toNanos()));
        }

        @Test
        void shouldCountThemWhenItIsLost() {
            engine.leave();

            assertThat(count(BrokerCounter.MISSED)).isEqualTo(3);
        }

        @Test
        void shouldCountThemWhenTheEngineLeaves() {
            engine.read("BYE\n");
            engine.leave();

            assertThat(count(BrokerCounter.MISSED)).isEqualTo(3);
        }

        @Test
        void shouldCountThemOnceWhenTheEngineResumesOverAHalfOpenConnection() {
            var resumed = new Connected(gate);
            resumed.read("MUSTER:2:NewEngine:x:4:" + token + "\n");
            engine.leave();

            assertThat(resumed.written).startsWith("SUCCESS:Resumed:");
            assertThat(count(BrokerCounter.MISSED)).isEqualTo(3);
            resumed.read("HeartBeat:x:5:5\n");
            assertThat(count(BrokerCounter.MISSED))
                    .as("its schedule begins anew")
                    .isEqualTo(3);
        }

        @Test
        void shouldCountThemOnceWhenTheEngineResumesAfterItsConnectionWasLost() {
            engine.leave();
            new Connected(gate).read("MUSTER:2:NewEngine:x:4:" + token + "\n");

            assertThat(count(BrokerCounter.MISSED)).isEqualTo(3);
        }

        @Test
        void shouldCountThemWhereTheyWereDueWhenTheEngineMovesToAnotherBroker() {
            var yielded = registry.release("x", Long.parseUnsignedLong(token, 16));
            new Connected(gate).read("MUSTER:2:NewEngine:y:0\n");

            assertThat(yielded).isInstanceOfSatisfying(Yielded.Moved.class, moved -> {
                moved.owner().orElseThrow().moved(moved.due());
                assertThat(count(BrokerCounter.MISSED)).isEqualTo(3);
            });
            assertThat(engine.closed).isTrue();
        }
    }
}
