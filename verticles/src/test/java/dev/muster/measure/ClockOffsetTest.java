package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    private static final long NOW = 1_800_000_000_000_000_000L;

    @Test
    void shouldFindTheTrueOffsetWithinItsOwnErrorInAThousandTrials() {
        var random = new Random(42);

        for (int trial = 0; trial < 1_000; trial++) {
            long offset = random.nextLong(-86_400_000_000_000L, 86_400_000_000_000L);
            double drift = random.nextDouble(-15e-6, 15e-6);
            var clocks = new ClockOffset(8);
            long now = NOW;
            for (int i = 0; i < 20; i++) {
                now += random.nextLong(0, 1_000_000_000);
                now = exchange(clocks, random, now, offset + Math.round(drift * (now - NOW)), drift);
            }

            long truth = offset + Math.round(drift * (now - NOW));
            var estimate = clocks.estimate(now).orElseThrow();
            assertThat(estimate.offsetNanos()).isBetween(truth - estimate.errorNanos(), truth + estimate.errorNanos());
        }
    }

    /** One exchange with very different delays of the two ways; returns the local time at its end. */
    private static long exchange(ClockOffset clocks, Random random, long sent, long offset, double drift) {
        long there = random.nextLong(0, 50_000_000);
        long working = random.nextLong(0, 1_000_000);
        long back = random.nextInt(4) == 0 ? random.nextLong(0, 200_000_000) : random.nextLong(0, 100_000);
        long received = sent + there + working + back;
        long remoteReceived = sent + there + offset + Math.round(drift * there);
        long remoteSent = sent + there + working + offset + Math.round(drift * (there + working));
        assertThat(clocks.add(sent, remoteReceived, remoteSent, received)).isTrue();
        return received;
    }

    @Test
    void shouldTrustTheShortestRoundTrip() {
        var clocks = new ClockOffset(8);

        clocks.add(NOW, NOW + 500 + 90_000, NOW + 500 + 90_000, NOW + 100_000);
        clocks.add(NOW, NOW + 500 + 10, NOW + 500 + 10, NOW + 20);
        clocks.add(NOW, NOW + 500 + 5_000, NOW + 500 + 5_000, NOW + 60_000);

        var estimate = clocks.estimate(NOW + 20).orElseThrow();
        assertThat(estimate.offsetNanos()).isEqualTo(500);
        assertThat(estimate.errorNanos()).isEqualTo(11);
        assertThat(estimate.toLocal(NOW + 500)).isEqualTo(NOW);
    }

    @Test
    void shouldTrustAnOldExchangeLess() {
        var clocks = new ClockOffset(8);
        clocks.add(NOW, NOW, NOW, NOW);

        assertThat(clocks.estimate(NOW).orElseThrow().errorNanos()).isEqualTo(1);
        assertThat(clocks.estimate(NOW + 1_000_000_000).orElseThrow().errorNanos())
                .isEqualTo(15_001);
    }

    @Test
    void shouldForgetWhatHasLeftTheWindow() {
        var clocks = new ClockOffset(2);

        clocks.add(NOW, NOW, NOW, NOW);
        clocks.add(NOW, NOW + 700, NOW + 700, NOW + 400);
        clocks.add(NOW, NOW + 700, NOW + 700, NOW + 400);

        assertThat(clocks.estimate(NOW + 400).orElseThrow().offsetNanos()).isEqualTo(500);
    }

    @Test
    void shouldNotUseImpossibleTimes() {
        var clocks = new ClockOffset(2);

        assertThat(clocks.add(NOW, NOW, NOW, NOW - 1)).isFalse();
        assertThat(clocks.add(NOW, NOW + 1, NOW, NOW + 10)).isFalse();
        assertThat(clocks.add(NOW, NOW, NOW + 11, NOW + 10)).isFalse();
        assertThat(clocks.estimate(NOW)).isEmpty();
    }

    @Test
    void shouldRefuseAnEmptyWindow() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClockOffset(0));
    }

    @Test
    void shouldTellTheTimeOfDayInNanoseconds() {
        long before = System.currentTimeMillis();
        long nanos = EpochClock.system().nanos();
        long after = System.currentTimeMillis();

        assertThat(nanos / 1_000_000).isBetween(before - 1, after + 1);
    }
}
