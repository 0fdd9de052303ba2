package dev.muster.launcher.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.muster.launcher.compare.Contrast.Scale;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("smoke")
class ContrastTest {
    private static final int TRIALS = 20_000;

    /** Of two sides that do not differ, 5 % and what 20,000 trials may be off by chance (four standard errors). */
    private static final double MOST_FALSE = 0.05 + 4 * Math.sqrt(0.05 * 0.95 / TRIALS);

    private static final double MOST_FALSE_UNEQUAL = 0.07;

    private static double[] some(double... values) {
        return values;
    }

    @Test
    void shouldCompareGeometricMeansWithTheIntervalOfATextbook() {
        // Logarithms 0, 1, 2 and 3, 4, 5: means 1 and 4, variances 1, so error sqrt(2/3), 4 degrees of freedom, t
        // 2.7764.
        var contrast = Contrast.of(some(1, Math.exp(1), Math.exp(2)), some(Math.exp(3), Math.exp(4), Math.exp(5)));

        assertThat(contrast.scale()).isEqualTo(Scale.RATIO);
        assertThat(contrast.before()).isCloseTo(Math.exp(1), within(1e-9));
        assertThat(contrast.after()).isCloseTo(Math.exp(4), within(1e-9));
        assertThat(contrast.interval()).hasValueSatisfying(interval -> {
            assertThat(Math.log(interval.low())).isCloseTo(3 - 2.7764 * Math.sqrt(2 / 3.0), within(1e-4));
            assertThat(Math.log(interval.high())).isCloseTo(3 + 2.7764 * Math.sqrt(2 / 3.0), within(1e-4));
        });
        assertThat(contrast.shown()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheDegreesOfFreedomOfUnequalVariances() {
        // Zero is among them, so differences: variances 1 and 100 of 3 and 3 give 2.0399 degrees of freedom, t 4.2228.
        var contrast = Contrast.of(some(-1, 0, 1), some(10, 20, 30));

        assertThat(contrast.scale()).isEqualTo(Scale.DIFFERENCE);
        assertThat(contrast.interval()).hasValueSatisfying(interval -> assertThat(interval.high() - 20)
                .isCloseTo(4.2228 * Math.sqrt(101 / 3.0), within(0.001)));
        assertThat(contrast.shown()).isZero();
    }

    @Test
    void shouldShowNothingWithFewerThanThreeRepetitionsOnASide() {
        assertThat(Contrast.of(some(1), some(100)).interval()).isEmpty();
        assertThat(Contrast.of(some(1, 1), some(100, 100, 100)).shown()).isZero();
        assertThat(Contrast.of(some(1, 1, 1), some(100, 100)).shown()).isZero();
    }

    @Test
    void shouldShowADifferenceOfWhatIsTheSameEachTime() {
        assertThat(Contrast.of(some(0, 0, 0), some(3, 3, 3)).shown()).isEqualTo(1);
        assertThat(Contrast.of(some(0.1, 0.1, 0.1), some(0.1, 0.1, 0.1)).shown())
                .isZero();
        assertThat(Contrast.of(some(1000, 1000, 1000), some(999, 999, 999)).shown())
                .isEqualTo(-1);
    }

    /** What repetitions of a metric may look like: a draw from a distribution. */
    static Stream<Arguments> populations() {
        ToDoubleFunction<Random> normal = random -> 100 + 5 * random.nextGaussian();
        ToDoubleFunction<Random> logNormal = random -> Math.exp(0.3 * random.nextGaussian());
        ToDoubleFunction<Random> exponential = random -> -Math.log(1 - random.nextDouble());
        ToDoubleFunction<Random> maximumOfMany = random -> -Math.log(-Math.log(random.nextDouble())) + 10;
        ToDoubleFunction<Random> outliers =
                random -> (random.nextInt(5) == 0 ? 3 : 1) * Math.exp(0.05 * random.nextGaussian());
        ToDoubleFunction<Random> twoModes =
                random -> (random.nextBoolean() ? 10 : 20) * Math.exp(0.02 * random.nextGaussian());
        ToDoubleFunction<Random> coin = random -> random.nextBoolean() ? 1 : 0;
        ToDoubleFunction<Random> rarelyLost = random -> random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 0;
        ToDoubleFunction<Random> wholeMillis = random -> Math.rint(6 + random.nextGaussian());
        return Stream.of(
                        arguments("normal", normal),
                        arguments("log-normal", logNormal),
                        arguments("exponential", exponential),
                        arguments("a maximum of many", maximumOfMany),
                        arguments("outliers in a fifth", outliers),
                        arguments("two modes", twoModes),
                        arguments("a coin", coin),
                        arguments("rarely lost", rarelyLost),
                        arguments("whole milliseconds", wholeMillis))
                .flatMap(population -> Stream.of(new int[] {3, 3}, new int[] {5, 5}, new int[] {10, 10})
                        .map(counts -> arguments(population.get()[0], population.get()[1], counts[0], counts[1])));
    }

    @ParameterizedTest(name = "{0}, {2} and {3} repetitions")
    @MethodSource("populations")
    void shouldSeldomShowADifferenceWhereThereIsNone(
            String name, ToDoubleFunction<Random> population, int before, int after) {
        assertThat(shareShown(population, population, before, after)).as(name).isLessThan(MOST_FALSE);
    }

    @Test
    void shouldSeldomShowADifferenceWhenOneSideVariesMoreOrHasMoreRepetitions() {
        ToDoubleFunction<Random> calm = random -> Math.exp(0.02 * random.nextGaussian());
        ToDoubleFunction<Random> wild = random -> Math.exp(0.2 * random.nextGaussian());

        // Welch's test is a little too sure when one side has far fewer repetitions: docs/comparing.md says so.
        assertThat(shareShown(calm, wild, 3, 3)).isLessThan(MOST_FALSE_UNEQUAL);
        assertThat(shareShown(calm, wild, 10, 3)).isLessThan(MOST_FALSE_UNEQUAL);
        assertThat(shareShown(calm, wild, 3, 10)).isLessThan(MOST_FALSE_UNEQUAL);
        assertThat(shareShown(calm, calm, 3, 10)).isLessThan(MOST_FALSE_UNEQUAL);
    }

    @Test
    void shouldMostlyShowADifferenceThatIsLargeBesideTheVariation() {
        ToDoubleFunction<Random> before = random -> Math.exp(0.02 * random.nextGaussian());
        ToDoubleFunction<Random> after = random -> 1.1 * Math.exp(0.02 * random.nextGaussian());

        assertThat(shareShown(before, after, 3, 3)).isGreaterThan(0.9);
        assertThat(shareShown(before, after, 10, 10)).isGreaterThan(0.999);
    }

    private static double shareShown(
            ToDoubleFunction<Random> before, ToDoubleFunction<Random> after, int beforeCount, int afterCount) {
        var random = new Random(20_261_121);
        long shown = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            var first = DoubleStream.generate(() -> before.applyAsDouble(random))
                    .limit(beforeCount)
                    .toArray();
            var second = DoubleStream.generate(() -> after.applyAsDouble(random))
                    .limit(afterCount)
                    .toArray();
            shown += Contrast.of(first, second).shown() == 0 ? 0 : 1;
        }
        return (double) shown / TRIALS;
    }

    @Property(tries = 200)
    void shouldNotDependOnTheUnitNorOnWhichSideIsFirst(
            @ForAll @Size(min = 3, max = 6) List<@DoubleRange(min = 0.1, max = 1000) Double> before,
            @ForAll @Size(min = 3, max = 6) List<@DoubleRange(min = 0.1, max = 1000) Double> after) {
        var contrast = Contrast.of(times(1, before), times(1, after));
        var inAnotherUnit = Contrast.of(times(1000, before), times(1000, after));
        var swapped = Contrast.of(times(1, after), times(1, before));

        var interval = contrast.interval().orElseThrow();
        var scaled = inAnotherUnit.interval().orElseThrow();
        var back = swapped.interval().orElseThrow();
        assertThat(Math.log(scaled.low())).isCloseTo(Math.log(interval.low()), within(1e-6));
        assertThat(Math.log(scaled.high())).isCloseTo(Math.log(interval.high()), within(1e-6));
        assertThat(Math.log(back.low())).isCloseTo(-Math.log(interval.high()), within(1e-6));
        assertThat(swapped.difference()).isCloseTo(-contrast.difference(), within(1e-6));
    }

    private static double[] times(double factor, List<Double> values) {
        return values.stream().mapToDouble(value -> factor * value).toArray();
    }
}
