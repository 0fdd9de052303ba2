package dev.muster.launcher.record;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.measure.Distribution;
import org.junit.jupiter.api.Test;

class IntervalsTest {
    private final ScriptedCollector collector = new ScriptedCollector().hears(500, 7, 8);
    private final Intervals intervals = new Intervals(collector.stats());

    @Test
    void shouldTellOnlyWhatCameSinceTheLastAnswer() {
        collector.hears(1_000, 100, 200);
        intervals.next(collector.stats());
        collector.hears(1_000, 300);

        var second = intervals.next(collector.stats()).orElseThrow();

        assertThat(second.seconds()).isEqualTo(1);
        assertThat(second.counters()).containsEntry("minion.acknowledged", 1L);
        assertThat(second.gauges()).containsEntry("minion.trying", 2.5);
        var samples = latency(second);
        assertThat(samples.count()).isEqualTo(1);
        assertThat(samples.max()).isEqualTo(300);
    }

    @Test
    void shouldMakeOneLongIntervalOfASilenceInsteadOfFillingIt() {
        collector.passes(1_000);
        assertThat(intervals.next(collector.stats())).isEmpty();
        collector.passes(1_000);
        assertThat(intervals.next(collector.stats())).isEmpty();
        collector.hears(1_000, 5, 6);

        var interval = intervals.next(collector.stats()).orElseThrow();

        assertThat(interval.seconds()).isEqualTo(3);
        assertThat(interval.counters()).containsEntry("minion.acknowledged", 2L);
    }

    @Test
    void shouldKeepAnIntervalInWhichProcessesAreHeardAndNothingHappens() {
        collector.hears(1_000);

        var interval = intervals.next(collector.stats()).orElseThrow();

        assertThat(interval.heard()).isEqualTo(1);
        assertThat(interval.counters()).containsEntry("minion.acknowledged", 0L);
        assertThat(latency(interval).count()).isZero();
    }

    @Test
    void shouldBeginAnewWithACollectorThatDoes() {
        collector.hears(1_000, 1, 2, 3);
        intervals.next(collector.stats());
        var other = new ScriptedCollector().hears(3_000, 900);

        var interval = intervals.next(other.stats()).orElseThrow();

        assertThat(interval.counters()).containsEntry("minion.acknowledged", 1L);
        assertThat(latency(interval).max()).isEqualTo(900);
    }

    private static Distribution latency(Interval interval) {
        return requireNonNull(interval.samples().get("minion.latency")).distribution();
    }
}
