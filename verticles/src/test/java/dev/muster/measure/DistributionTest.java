package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    /** Three significant digits, and half a unit for what is rounded to a whole number. */
    private static final double DIGITS = 1e-3;

    @Provide
    Arbitrary<long[]> samples() {
        var value = Arbitraries.oneOf(
                Arbitraries.longs().between(-50, 50),
                Arbitraries.longs().between(-5_000_000, 5_000_000),
                Arbitraries.longs().between(-1L << 50, 1L << 50));
        return value.array(long[].class).ofMinSize(1).ofMaxSize(300);
    }

    @Property
    void shouldGiveThePercentilesOfTheSortedSamples(
            @ForAll("samples") long[] samples,
            @ForAll List<@net.jqwik.api.constraints.DoubleRange(max = 100) Double> asked) {
        var distribution = Distribution.of(samples);

        var sorted = samples.clone();
        Arrays.sort(sorted);
        for (var percentile : asked) {
            int rank = Math.max(1, (int) Math.ceil(percentile * sorted.length / 100 - 1e-9));
            assertAgree(distribution.percentile(percentile), sorted[rank - 1]);
        }
        assertAgree(distribution.min(), sorted[0]);
        assertAgree(distribution.max(), sorted[sorted.length - 1]);
        assertThat(distribution.count()).isEqualTo(sorted.length);
    }

    @Property
    void shouldHoldItsMeanBetweenTheExtremesAndNearTheTruth(@ForAll("samples") long[] samples) {
        var distribution = Distribution.of(samples);

        double truth = Arrays.stream(samples).average().orElseThrow();
        double magnitude =
                Arrays.stream(samples).mapToDouble(Math::abs).average().orElseThrow();
        assertThat(distribution.mean()).isCloseTo(truth, within(1 + magnitude * DIGITS));
    }

    @Property(tries = 200)
    void shouldMergeAsIfAllHadBeenRecordedInOnePlace(@ForAll("samples") long[] some, @ForAll("samples") long[] others) {
        var merged = Distribution.of(some);
        merged.add(Distribution.of(others));

        assertSame(merged, Distribution.of(both(some, others)));
    }

    @Property(tries = 200)
    void shouldBeTheLaterSamplesLessAnEarlierState(@ForAll("samples") long[] some, @ForAll("samples") long[] later) {
        var cumulative = Distribution.of(some);
        var earlier = cumulative.copy();
        cumulative.add(Distribution.of(later));

        assertSame(cumulative.minus(earlier), Distribution.of(later));
        assertSame(earlier, Distribution.of(some));
    }

    @Property(tries = 200)
    void shouldSurviveItsEncoding(@ForAll("samples") long[] samples, @ForAll("samples") long[] more) {
        var distribution = Distribution.of(samples);

        var decoded = Distribution.decode(distribution.encodePositive(), distribution.encodeNegative());
        assertSame(decoded, distribution);
        decoded.add(Distribution.of(more));
        assertSame(decoded, Distribution.of(both(samples, more)));
    }

    @Property(tries = 200)
    void shouldTellTheDifferenceOfTwoEncodings(@ForAll("samples") long[] some, @ForAll("samples") long[] later) {
        var earlier = Distribution.of(some);
        var cumulative = Distribution.of(both(some, later));

        assertSame(difference(cumulative, earlier), Distribution.of(later));
        if (later.length > 0) {
            assertThatIllegalArgumentException().isThrownBy(() -> difference(earlier, cumulative));
        }
    }

    private static Distribution difference(Distribution later, Distribution earlier) {
        return Distribution.difference(
                later.encodePositive(), later.encodeNegative(), earlier.encodePositive(), earlier.encodeNegative());
    }

    @Property(tries = 200)
    void shouldHaveTheMeanThatTheLibraryComputes(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 0) Long> values) {
        var library = new Histogram(Distribution.SIGNIFICANT_DIGITS);
        values.forEach(library::recordValue);
        var samples = values.stream().mapToLong(value -> value).toArray();

        assertThat(Distribution.of(samples).mean()).isCloseTo(library.getMean(), withinPercentage(1e-9));
    }

    @Property
    void shouldWriteWhatTheLibraryReadsAndReadWhatTheLibraryWrites(
            @ForAll @Size(max = 200) List<@LongRange(min = 0) Long> values, @ForAll @LongRange(min = 2) long many) {
        var library = new Histogram(Distribution.SIGNIFICANT_DIGITS);
        values.forEach(library::recordValue);
        library.recordValueWithCount(1_000_000, many >> 1);
        var written = ByteBuffer.allocate(library.getNeededByteBufferCapacity());
        var ours =
                Distribution.decode(Arrays.copyOf(written.array(), library.encodeIntoByteBuffer(written)), new byte[0]);

        var read = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(ours.encodePositive()), 2);

        assertThat(read).isEqualTo(library);
        assertThat(ours.count()).isEqualTo(library.getTotalCount());
        assertThat(ours.min()).isEqualTo(library.getMinValue());
        assertThat(ours.max()).isEqualTo(library.getMaxValue());
        for (var value : values) {
            assertThat(ours.countAtMost(value)).isEqualTo(library.getCountBetweenValues(0, value));
        }
    }

    @Property
    void shouldCountWhatIsNotAboveABound(@ForAll("samples") long[] samples, @ForAll long anyBound) {
        long bound = anyBound >> 12;
        var distribution = Distribution.of(samples);

        long margin = (long) (Math.abs((double) bound) * DIGITS);
        assertThat(distribution.countAtMost(bound))
                .isBetween(
                        Arrays.stream(samples).filter(v -> v <= bound - margin).count(),
                        Arrays.stream(samples).filter(v -> v <= bound + margin).count());
    }

    @Test
    void shouldCountSmallSignedValuesExactly() {
        var distribution = Distribution.of(-200, -100, -100, -1, 0, 0, 1, 1_000);

        assertThat(distribution.countAtMost(Long.MIN_VALUE)).isZero();
        assertThat(distribution.countAtMost(-201)).isZero();
        assertThat(distribution.countAtMost(-200)).isEqualTo(1);
        assertThat(distribution.countAtMost(-100)).isEqualTo(3);
        assertThat(distribution.countAtMost(-1)).isEqualTo(4);
        assertThat(distribution.countAtMost(0)).isEqualTo(6);
        assertThat(distribution.countAtMost(999)).isEqualTo(7);
        assertThat(distribution.countAtMost(Long.MAX_VALUE)).isEqualTo(8);
    }

    @Test
    void shouldTakeTheLargestValuesOfEitherSign() {
        var distribution = Distribution.of(Long.MIN_VALUE, Long.MAX_VALUE);

        assertThat(distribution.count()).isEqualTo(2);
        assertThat((double) distribution.min()).isCloseTo(-0x1p63, within(0x1p63 * DIGITS));
        assertThat((double) distribution.max()).isCloseTo(0x1p63, within(0x1p63 * DIGITS));
    }

    @Test
    void shouldTellTheExtremesOfADifferenceThatLacksTheLargestMagnitudes() {
        var later = Distribution.of(-1_000_000_000, -7, 5, 6, 1_000_000_000);

        var difference = later.minus(Distribution.of(-1_000_000_000, 6, 1_000_000_000));

        assertThat(difference.min()).isEqualTo(-7);
        assertThat(difference.max()).isEqualTo(5);
    }

    @Test
    void shouldHaveNoValuesWithoutSamples() {
        var empty = new Distribution();

        assertThat(empty.count()).isZero();
        assertThat(empty.encodePositive()).isEmpty();
        assertThat(empty.encodeNegative()).isEmpty();
        assertSame(Distribution.decode(new byte[0], new byte[0]), empty);
        assertThatIllegalStateException().isThrownBy(empty::min).withMessage("no samples");
        assertThatIllegalStateException().isThrownBy(empty::max);
        assertThatIllegalStateException().isThrownBy(empty::mean);
        assertThatIllegalStateException().isThrownBy(() -> empty.percentile(50));
    }

    @Test
    void shouldRefuseMoreSamplesThanCanBeCounted() {
        var library = new Histogram(Distribution.SIGNIFICANT_DIGITS);
        library.recordValueWithCount(1, Long.MAX_VALUE);
        var written = ByteBuffer.allocate(library.getNeededByteBufferCapacity());
        var full =
                Distribution.decode(Arrays.copyOf(written.array(), library.encodeIntoByteBuffer(written)), new byte[0]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> full.record(7))
                .withMessageContaining("more samples than can be counted");
        assertThat(full.count()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldRefuseToSubtractWhatItNeverHad() {
        var one = Distribution.of(1, 2);
        var other = Distribution.of(1, 1);

        assertThatIllegalArgumentException().isThrownBy(() -> one.minus(other));
        assertThatIllegalArgumentException().isThrownBy(() -> one.minus(Distribution.of(1L << 40)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 12, 16, 24, 32})
    @Tag("smoke")
    void shouldRefuseAMalformedEncoding(int damagedByte) {
        var encoded = Distribution.of(1, 5_000, 7_000_000).encodePositive();

        encoded[damagedByte] ^= (byte) 0xd5;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Distribution.decode(encoded, new byte[0]))
                .withMessageStartingWith("malformed histogram");
    }

    @Test
    void shouldRefuseACutEncoding() {
        var encoded = Distribution.of(1, 5_000, 7_000_000).encodePositive();

        for (int length = 1; length < encoded.length; length++) {
            var cut = Arrays.copyOf(encoded, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Distribution.decode(cut, new byte[0]));
            if (length >= 8) {
                ByteBuffer.wrap(cut).putInt(4, Math.max(0, length - 40));
                assertReadsOrRefuses(cut);
            }
        }
    }

    @Property
    void shouldNeverFailOtherwiseOnAnyPayload(@ForAll byte[] payload) {
        var header = Arrays.copyOf(Distribution.of(7_000_000).encodePositive(), 40);
        var encoded = Arrays.copyOf(header, 40 + payload.length);
        System.arraycopy(payload, 0, encoded, 40, payload.length);
        ByteBuffer.wrap(encoded).putInt(4, payload.length);

        assertReadsOrRefuses(encoded);
    }

    private static void assertReadsOrRefuses(byte[] encoded) {
        try {
            assertThat(Distribution.decode(encoded, new byte[0]).count()).isNotNegative();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageStartingWith("malformed histogram");
        }
    }

    private static long[] both(long[] some, long[] others) {
        var both = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, both, some.length, others.length);
        return both;
    }

    private static void assertAgree(long actual, long expected) {
        assertThat((double) actual).isCloseTo((double) expected, within(Math.abs((double) expected) * DIGITS));
    }

    private static void assertSame(Distribution actual, Distribution expected) {
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(Summary.of(Unit.COUNT, actual)).isEqualTo(Summary.of(Unit.COUNT, expected));
        for (int shift = 0; shift < 55; shift += 3) {
            assertThat(actual.countAtMost(1L << shift)).isEqualTo(expected.countAtMost(1L << shift));
            assertThat(actual.countAtMost(-1L << shift)).isEqualTo(expected.countAtMost(-1L << shift));
        }
    }

    @Test
    void shouldTellWhatCameSinceOrAllOfItWhenTheOneWhoMergesHasBegunAnew() {
        var earlier = Distribution.of(5, 5, 1_000_000_000);

        assertThat(counts(Distribution.of(5, 5, 7, 1_000_000_000).since(earlier)))
                .containsExactly(0, 1, 0);
        assertThat(counts(Distribution.of(5, 7, 7, 7).since(earlier))).containsExactly(1, 3, 0);
        assertThat(counts(Distribution.of(-5, 7).since(Distribution.of(-5, -6))))
                .containsExactly(0, 1, 0);
    }

    private static long[] counts(Distribution samples) {
        return LongStream.of(5, 7, 1_000_000_000)
                .map(value -> samples.countAtMost(value) - samples.countAtMost(value - 1))
                .toArray();
    }
}
