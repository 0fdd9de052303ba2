package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("smoke")
class SummaryTest {
    @Test
    void shouldHaveNothingButACountWithoutSamples() {
        var summary = Summary.of(Unit.MILLISECONDS, new Distribution());

        assertThat(summary).isEqualTo(Summary.none(Unit.MILLISECONDS));
        assertThat(summary.count()).isZero();
        assertThat(summary.min()).isNull();
        assertThat(summary.mean()).isNull();
        assertThat(summary.max()).isNull();
        assertThat(summary.tail()).isNull();
        assertThat(summary.text()).isEqualTo("no samples");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0", "2, 1", "9, 1", "10, 2", "19, 2", "20, 3", "99, 3", "100, 4", "999, 4", "1000, 5",
    })
    void shouldHaveOnlyPercentilesWithEnoughSamples(int samples, int percentiles) {
        var summary = Summary.of(Unit.COUNT, uniform(samples));

        var present = Stream.of(summary.p50(), summary.p90(), summary.p95(), summary.p99(), summary.p999())
                .map(Objects::nonNull);
        assertThat(present)
                .containsExactly(percentiles > 0, percentiles > 1, percentiles > 2, percentiles > 3, percentiles > 4);
    }

    @Test
    void shouldNameEachPercentileRightly() {
        var summary = Summary.of(Unit.COUNT, uniform(1_000));

        assertThat(summary.p50()).isEqualTo(500);
        assertThat(summary.p90()).isEqualTo(900);
        assertThat(summary.p95()).isEqualTo(950);
        assertThat(summary.p99()).isEqualTo(990);
        assertThat(summary.p999()).isEqualTo(999);
        assertThat(summary.min()).isEqualTo(1);
        assertThat(summary.max()).isEqualTo(1_000);
        assertThat(summary.mean()).isEqualTo(500.5);
    }

    @Test
    void shouldTakeTheMaximumForATailOfFewSamples() {
        assertThat(Summary.of(Unit.COUNT, uniform(99)).tail()).isEqualTo(99);
        assertThat(Summary.of(Unit.COUNT, uniform(1_000)).tail()).isEqualTo(990);
    }

    @Test
    void shouldTellTheSameInAnotherUnit() {
        var summary =
                Summary.of(Unit.MICROSECONDS, Distribution.of(-1_500, 2_000)).in(Unit.MILLISECONDS);

        assertThat(summary.unit()).isEqualTo(Unit.MILLISECONDS);
        assertThat(summary.count()).isEqualTo(2);
        assertThat(summary.min()).isNotNull().isCloseTo(-1.5, within(0.002));
        assertThat(summary.max()).isNotNull().isCloseTo(2.0, within(0.002));
        assertThat(summary.p99()).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> summary.in(Unit.BYTES));
    }

    @Test
    void shouldPrintADashForWhatIsAbsent() {
        var summary = Summary.of(Unit.MILLISECONDS, Distribution.of(-2, 4, 1_500));

        assertThat(summary.text())
                .isEqualTo("count 3, min -2.00 ms, mean 501 ms, p50 4.00 ms, p90 -, p95 -, p99 -, p99.9 -, max 1.50 s");
    }

    private static Distribution uniform(int samples) {
        return Distribution.of(LongStream.rangeClosed(1, samples).toArray());
    }
}
