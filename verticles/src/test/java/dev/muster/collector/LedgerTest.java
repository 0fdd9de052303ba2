package dev.muster.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.bus.Percentiles;
import dev.muster.bus.Snapshot;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import dev.muster.node.Histograms;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final long START = 1_700_000_000_000L;

    private final Ledger ledger = new Ledger(60);

    private Stats stats(long afterMillis) {
        return ledger.stats(new StatsQuery(true, true), START + afterMillis);
    }

    private static Percentiles latency(Stats stats) {
        return Optional.ofNullable(stats.distribution(Sender.LATENCY)).orElseThrow();
    }

    @Test
    @Tag("smoke")
    void shouldAddProcessesUpAndMergeTheirDistributions() {
        ledger.receive(new Sender("a", "1", START).after(3, 10, 20), START);
        ledger.receive(new Sender("b", "1", START).after(4, -5, 1_000), START);

        var stats = stats(0);

        assertThat(stats.counters()).containsExactly(Map.entry(Sender.COUNTER, 7L));
        assertThat(stats.gauges()).containsExactly(Map.entry(Sender.GAUGE, 2.0));
        assertThat(latency(stats).unit()).isEqualTo("us");
        assertThat(latency(stats).count()).isEqualTo(4);
        assertThat(latency(stats).min()).isEqualTo(-5);
        assertThat(latency(stats).max()).isEqualTo(1_000);
        assertThat(latency(stats).p999()).isNull();
        assertThat(stats.builds()).containsExactly("0.1-test");
        var merged = Optional.ofNullable(stats.encoded().get(Sender.LATENCY)).orElseThrow();
        assertThat(Histograms.decode(merged).count()).isEqualTo(4);
    }

    @Test
    void shouldLeaveOutWhatWasNotAskedFor() {
        ledger.receive(new Sender("a", "1", START).after(3, 10), START);

        var stats = ledger.stats(new StatsQuery(false, false), START + 5_000);

        assertThat(stats.timeline()).isEmpty();
        assertThat(stats.encoded()).isEmpty();
        assertThat(stats.counters()).isNotEmpty();
    }

    @Test
    void shouldTakeCumulativeStatesAndNotAddThemTwice() {
        var sender = new Sender("a", "1", START);
        ledger.receive(sender.after(3, 10), START);
        ledger.receive(sender.after(2, 20), START + 1_000);
        ledger.receive(sender.after(0), START + 2_000);

        assertThat(stats(2_000).counters()).containsEntry(Sender.COUNTER, 5L);
        assertThat(latency(stats(2_000)).count()).isEqualTo(2);
    }

    @Test
    void shouldKeepWhatADeadIncarnationMeasured() {
        var first = new Sender("a", "1", START);
        ledger.receive(first.after(3, 10), START);
        ledger.receive(first.after(2, 20), START + 1_000);
        var second = new Sender("a", "2", START + 10_000);
        ledger.receive(second.after(1, 30), START + 10_000);
        ledger.receive(second.after(1, 40), START + 11_000);

        var stats = stats(11_000);

        assertThat(stats.counters()).containsEntry(Sender.COUNTER, 7L);
        assertThat(latency(stats).count()).isEqualTo(4);
        assertThat(stats.gauges()).as("only a living process has a queue").containsEntry(Sender.GAUGE, 2.0);
        assertThat(stats.instances()).singleElement().satisfies(instance -> {
            assertThat(instance.restarts()).isEqualTo(1);
            assertThat(instance.incarnation()).isEqualTo("2");
            assertThat(instance.missed()).isZero();
            assertThat(instance.gauges()).containsEntry(Sender.GAUGE, 2.0);
        });
        assertThat(stats.gaps()).isEmpty();
    }

    @Test
    void shouldIgnoreDuplicatesAndWhatWasOvertaken() {
        var sender = new Sender("a", "1", START);
        var one = sender.after(3, 10);
        var two = sender.after(2, 20);

        ledger.receive(two, START);
        ledger.receive(one, START);
        ledger.receive(two, START);

        assertThat(stats(0).counters()).containsEntry(Sender.COUNTER, 5L);
        assertThat(latency(stats(0)).count()).isEqualTo(2);
        assertThat(stats(0).instances()).singleElement().satisfies(instance -> assertThat(instance.missed())
                .isZero());
    }

    @Test
    void shouldCountAndNameGapsAndLoseNothingByThem() {
        var sender = new Sender("pod-7", "1", START);
        ledger.receive(sender.after(1, 10), START);
        sender.after(1, 20);
        sender.after(1, 30);
        ledger.receive(sender.after(1, 40), START + 3_000);

        var stats = stats(3_000);

        assertThat(stats.counters()).containsEntry(Sender.COUNTER, 4L);
        assertThat(latency(stats).count()).isEqualTo(4);
        assertThat(stats.instances()).singleElement().satisfies(instance -> assertThat(instance.missed())
                .isEqualTo(2));
        assertThat(stats.gaps()).containsExactly("pod-7: 2 snapshots after number 1");
    }

    @Test
    void shouldNotTellOfEndlessGaps() {
        var sender = new Sender("a", "1", START);
        for (int i = 0; i < 200; i++) {
            sender.after(1);
            ledger.receive(sender.after(1), START + i);
        }

        assertThat(stats(200).gaps()).hasSize(11).last().asString().contains("more");
        assertThat(stats(200).instances()).singleElement().satisfies(instance -> assertThat(instance.missed())
                .isEqualTo(199));
    }

    @Test
    void shouldCallAProcessSilentAndKeepItsNumbers() {
        ledger.receive(new Sender("a", "1", START).after(3, 10), START);
        ledger.receive(new Sender("b", "1", START).after(3, 10), START + 2_500);

        var stats = stats(3_000);

        assertThat(stats.instances())
                .extracting(Stats.Instance::name, Stats.Instance::silent, Stats.Instance::silentMillis)
                .containsExactly(tuple("a", true, 3_000L), tuple("b", false, 500L));
        assertThat(stats.counters()).containsEntry(Sender.COUNTER, 6L);
        assertThat(stats.gauges()).containsEntry(Sender.GAUGE, 2.0);
    }

    @Test
    void shouldKeepATimelineOfDifferences() {
        var sender = new Sender("a", "1", START);
        ledger.receive(sender.after(3, 10, 20), START + 100);
        ledger.receive(sender.after(5, 30), START + 1_100);
        ledger.receive(sender.after(0), START + 4_100);

        var timeline = stats(5_000).timeline();

        assertThat(timeline)
                .extracting(point -> point.epochSecond() - START / 1_000)
                .as("seconds without news have no point")
                .containsExactly(0L, 1L, 4L);
        assertThat(timeline.get(0).counters()).containsExactly(Map.entry(Sender.COUNTER, 3L));
        assertThat(timeline.get(1).counters()).containsExactly(Map.entry(Sender.COUNTER, 5L));
        assertThat(timeline.get(2).counters()).isEmpty();
        assertThat(timeline.get(0).gauges()).containsEntry(Sender.GAUGE, 1.0);
        assertThat(timeline.get(1).gauges()).containsEntry(Sender.GAUGE, 2.0);
        assertThat(timeline.get(1).distributions().get(Sender.LATENCY))
                .isNotNull()
                .satisfies(second -> {
                    assertThat(second.count()).isEqualTo(1);
                    assertThat(second.max()).isEqualTo(30);
                });
        assertThat(timeline.get(2).distributions()).isEmpty();
    }

    @Test
    void shouldNotShowTheSecondThatIsNotOver() {
        ledger.receive(new Sender("a", "1", START).after(3), START + 100);

        assertThat(stats(900).timeline()).isEmpty();
        assertThat(stats(1_000).timeline()).hasSize(1);
    }

    @Test
    void shouldBoundTheTimeline() {
        var sender = new Sender("a", "1", START);
        for (int second = 0; second < 100; second++) {
            ledger.receive(sender.after(1), START + second * 1_000L);
        }

        var timeline = stats(100_000).timeline();

        assertThat(timeline).hasSize(60);
        assertThat(timeline.get(59).epochSecond()).isEqualTo(START / 1_000 + 99);
    }

    @Test
    void shouldNotTakeForNewsWhatWasBeforeTheCollectorBegan() {
        var sender = new Sender("a", "1", START);
        sender.after(1_000, 10);
        ledger.receive(sender.after(1, 20), START);
        ledger.receive(sender.after(2, 30), START + 1_000);

        var stats = stats(2_000);

        assertThat(stats.counters()).containsEntry(Sender.COUNTER, 1_003L);
        assertThat(stats.gaps()).isEmpty();
        assertThat(stats.timeline()).hasSize(2);
        assertThat(stats.timeline().get(0).counters()).isEmpty();
        assertThat(stats.timeline().get(1).counters()).containsEntry(Sender.COUNTER, 2L);
    }

    @Test
    void shouldRefuseAMalformedHistogramAndTakeTheRest() {
        var sender = new Sender("a", "1", START);
        ledger.receive(sender.after(1, 10), START);
        ledger.receive(damaged(sender.after(1, 20), "us", new byte[] {1, 2, 3}), START + 1_000);

        assertThat(stats(1_000).counters()).containsEntry(Sender.COUNTER, 2L).containsEntry("some.other", 1L);
        assertThat(latency(stats(1_000)).count()).isEqualTo(1);

        ledger.receive(sender.after(1, 30), START + 2_000);
        assertThat(latency(stats(2_000)).count())
                .as("all is back with the next good one")
                .isEqualTo(3);
    }

    @Test
    void shouldRefuseAHistogramOfAnotherUnit() {
        ledger.receive(new Sender("a", "1", START).after(1, 10), START);
        var other = Histograms.encode(Unit.SECONDS, Distribution.of(10)).positive();

        ledger.receive(damaged(new Sender("b", "1", START).after(1), "s", other), START);
        ledger.receive(damaged(new Sender("c", "1", START).after(1), "furlongs", other), START);

        assertThat(latency(stats(0)).count()).isEqualTo(1);
        assertThat(stats(0).counters()).containsEntry(Sender.COUNTER, 3L);
    }

    @Test
    void shouldRefuseAHistogramThatShrank() {
        var sender = new Sender("a", "1", START);
        ledger.receive(sender.after(1, 10, 20), START);
        var shrunk = Histograms.encode(Unit.MICROSECONDS, Distribution.of(10)).positive();

        ledger.receive(damaged(sender.after(1), "us", shrunk), START);

        assertThat(latency(stats(0)).count()).isEqualTo(2);
    }

    private static Snapshot damaged(Snapshot good, String unit, byte[] positive) {
        return new Snapshot(
                good.instance(),
                good.incarnation(),
                good.sequence(),
                good.epochMillis(),
                good.build(),
                good.roles(),
                Map.of(Sender.COUNTER, good.counters().getOrDefault(Sender.COUNTER, 0L), "some.other", 1L),
                good.gauges(),
                Map.of(Sender.LATENCY, new Snapshot.Encoded(unit, positive, new byte[0])));
    }

    @Test
    void shouldCountAProcessThatIsRestartedOverAndOver() {
        for (int life = 0; life < 50; life++) {
            ledger.receive(new Sender("a", "life-" + life, START + life * 10_000L).after(2, 7), START + life * 10_000L);
        }
        ledger.receive(new Sender("a", "life-0", START).after(9, 9), START + 500_000);

        var stats = stats(500_000);

        assertThat(stats.counters()).containsEntry(Sender.COUNTER, 100L);
        assertThat(latency(stats).count()).isEqualTo(50);
        assertThat(stats.instances()).singleElement().satisfies(instance -> {
            assertThat(instance.restarts()).isEqualTo(49);
            assertThat(instance.incarnation()).isEqualTo("life-49");
        });
    }
}
