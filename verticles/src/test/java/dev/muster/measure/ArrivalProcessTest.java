package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ArrivalProcessTest {
    @Provide
    static Arbitrary<ArrivalProcess> processes() {
        var rate = Arbitraries.doubles().between(0.1, 1e6);
        return Arbitraries.oneOf(
                rate.map(ArrivalProcess::constant),
                Combinators.combine(rate, Arbitraries.longs()).as(ArrivalProcess::poisson),
                Combinators.combine(
                                Arbitraries.doubles().between(0, 1e6),
                                rate,
                                Arbitraries.longs().between(1, 60_000))
                        .as((from, to, millis) -> ArrivalProcess.ramp(from, to, Duration.ofMillis(millis))),
                Combinators.combine(rate, Arbitraries.longs().between(1, 60_000))
                        .as((from, millis) -> ArrivalProcess.ramp(from, 0, Duration.ofMillis(millis))));
    }

    @Property
    void shouldNeverDecreaseNorRunBackBehindTheStart(@ForAll("processes") ArrivalProcess process) {
        var offsets = take(process, 1_000);

        assertThat(offsets).isSorted();
        assertThat(offsets[0]).isNotNegative();
    }

    @Property
    void shouldMakeTheSameScheduleEachTime(@ForAll("processes") ArrivalProcess process) {
        assertThat(take(process, 300)).isEqualTo(take(process, 300));
    }

    @Property
    void shouldEndAfterTheFirstSoMany(
            @ForAll("processes") ArrivalProcess process, @ForAll @IntRange(max = 50) int count) {
        var all = take(process, count);

        assertThat(take(process.first(count), 1_000)).isEqualTo(all);
    }

    @Property
    void shouldSpaceAConstantRateWithoutDrift(
            @ForAll @DoubleRange(min = 0.1, max = 1e6) double rate, @ForAll @IntRange(max = 5_000) int index) {
        var offsets = take(ArrivalProcess.constant(rate), index + 1);

        assertThat((double) offsets[index]).isCloseTo(index / rate * 1e9, within(1.0));
    }

    @Property(tries = 20)
    void shouldHaveTheMeanRateOfAPoissonProcess(
            @ForAll @DoubleRange(min = 0.1, max = 1e6) double rate,
            @ForAll @LongRange(min = 0, max = 1_000) long seed) {
        int count = 100_000;
        var offsets = take(ArrivalProcess.poisson(rate, seed), count);

        // The sum of n exponential gaps has a standard deviation of sqrt(n) gaps: five of these.
        double expected = count / rate * 1e9;
        assertThat((double) offsets[count - 1]).isCloseTo(expected, within(5 * expected / Math.sqrt(count)));
    }

    @Test
    @Tag("smoke")
    void shouldPassKolmogorovAndSmirnovAsAPoissonProcess() {
        int count = 100_000;
        double rate = 10_000;
        var offsets = take(ArrivalProcess.poisson(rate, 20_240_229), count);
        var gaps = new double[count];
        for (int i = 0; i < count; i++) {
            gaps[i] = (offsets[i] - (i == 0 ? 0 : offsets[i - 1])) / 1e9;
        }
        Arrays.sort(gaps);

        double distance = 0;
        for (int i = 0; i < count; i++) {
            double exponential = 1 - Math.exp(-rate * gaps[i]);
            distance = Math.max(distance, Math.max(exponential - (double) i / count, (i + 1.0) / count - exponential));
        }

        // The critical value of the Kolmogorov-Smirnov test at 1 % for large samples.
        assertThat(distance).isLessThan(1.628 / Math.sqrt(count));
        assertThat(correlationOfNeighbours(offsets)).isCloseTo(0, within(0.01));
    }

    /** Exponential gaps alone are not a Poisson process: they must be independent. */
    private static double correlationOfNeighbours(long[] offsets) {
        double mean = (double) offsets[offsets.length - 1] / offsets.length;
        double together = 0;
        double alone = 0;
        for (int i = 2; i < offsets.length; i++) {
            double gap = offsets[i] - offsets[i - 1] - mean;
            double gapBefore = offsets[i - 1] - offsets[i - 2] - mean;
            together += gap * gapBefore;
            alone += gap * gap;
        }
        return together / alone;
    }

    @Test
    void shouldDifferWithTheSeed() {
        assertThat(take(ArrivalProcess.poisson(100, 1), 10)).isNotEqualTo(take(ArrivalProcess.poisson(100, 2), 10));
    }

    @Test
    void shouldBeginAtOnceWithAConstantRate() {
        assertThat(take(ArrivalProcess.constant(1_000), 3)).containsExactly(0, 1_000_000, 2_000_000);
        assertThat(take(ArrivalProcess.constant(Double.POSITIVE_INFINITY), 3)).containsExactly(0, 0, 0);
    }

    @Test
    void shouldRampFromZeroAsTheSquareRootOfTheIndex() {
        var offsets = take(ArrivalProcess.ramp(0, 100, Duration.ofSeconds(2)), 301);

        assertThat(offsets[25]).isEqualTo(1_000_000_000);
        assertThat(offsets[100]).isEqualTo(2_000_000_000);
        assertThat(offsets[200]).isEqualTo(3_000_000_000L);
        assertThat(offsets[300]).isEqualTo(4_000_000_000L);
    }

    @Test
    void shouldEndWhereARampReachesZero() {
        var offsets = take(ArrivalProcess.ramp(100, 0, Duration.ofSeconds(2)), 1_000);

        assertThat(offsets).hasSize(101);
        assertThat(offsets[75]).isEqualTo(1_000_000_000);
        assertThat(offsets[100]).isEqualTo(2_000_000_000);
    }

    @Property
    void shouldHaveTheRampsArrivalsByItsEnd(
            @ForAll @IntRange(max = 1_000) int from, @ForAll @IntRange(min = 1, max = 1_000) int to) {
        var offsets = take(ArrivalProcess.ramp(from, to, Duration.ofSeconds(4)), 6_000);

        long inRamp =
                Arrays.stream(offsets).filter(offset -> offset < 4_000_000_000L).count();
        assertThat((double) inRamp).isCloseTo((from + to) * 2.0, within(1.0));
        long inNextSecond = Arrays.stream(offsets)
                .filter(offset -> offset >= 4_000_000_000L && offset < 5_000_000_000L)
                .count();
        assertThat((double) inNextSecond).isCloseTo(to, within(1.0));
    }

    @Test
    void shouldRefuseImpossibleRates() {
        assertThatIllegalArgumentException().isThrownBy(() -> ArrivalProcess.constant(0));
        assertThatIllegalArgumentException().isThrownBy(() -> ArrivalProcess.constant(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> ArrivalProcess.poisson(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ArrivalProcess.poisson(Double.POSITIVE_INFINITY, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ArrivalProcess.ramp(0, 0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> ArrivalProcess.ramp(-1, 5, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> ArrivalProcess.ramp(1, 5, Duration.ZERO));
    }

    private static long[] take(ArrivalProcess process, int count) {
        var offsets = process.offsets();
        var taken = new long[count];
        int i = 0;
        while (i < count && offsets.hasNext()) {
            taken[i++] = offsets.nextLong();
        }
        return Arrays.copyOf(taken, i);
    }
}
