package dev.muster.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Percentiles;
import dev.muster.bus.Snapshot;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.node.Histograms;
import dev.muster.node.Summaries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LedgerPropertiesTest {
    private static final long START = 1_700_000_000_000L;

    @Property(tries = 300)
    void shouldComeToTheSameTotalsInAnyOrderWithAnyRepetitionLossAndRestart(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int processes,
            @ForAll @IntRange(min = 1, max = 3) int lives,
            @ForAll @IntRange(min = 1, max = 6) int snapshots,
            @ForAll @DoubleRange(max = 0.8) double lossRate) {
        var random = new Random(seed);
        var deliveries = deliveries(random, sent(random, processes, lives, snapshots), lossRate);

        var ledger = new Ledger(1_000);
        for (int i = 0; i < deliveries.size(); i++) {
            ledger.receive(deliveries.get(i), START + i * 300L);
        }

        var stats = ledger.stats(new StatsQuery(true, true), START + 1_000_000);
        var latest = latestOfEachLife(deliveries);
        assertThat(stats.counters().getOrDefault(Sender.COUNTER, 0L))
                .isEqualTo(latest.stream()
                        .mapToLong(snapshot -> snapshot.counters().getOrDefault(Sender.COUNTER, 0L))
                        .sum());
        if (!latest.isEmpty()) {
            assertThat(stats.distribution(Sender.LATENCY)).isEqualTo(merged(latest));
        }
        assertRestartsOf(stats, latest);
        assertThat(inTimeline(stats)).isEqualTo(expectedInTimeline(deliveries));
    }

    private static List<Snapshot> sent(Random random, int processes, int lives, int snapshots) {
        var sent = new ArrayList<Snapshot>();
        for (int process = 0; process < processes; process++) {
            for (int life = 0; life < lives; life++) {
                var sender = new Sender("pod-" + process, process + "-" + life, START + life * 100_000L);
                for (int i = 0; i < snapshots; i++) {
                    sent.add(sender.after(
                            random.nextInt(100),
                            random.longs(random.nextInt(20), -1_000, 100_000).toArray()));
                }
            }
        }
        return sent;
    }

    /** Some lost, some twice, in any order. */
    private static List<Snapshot> deliveries(Random random, List<Snapshot> sent, double lossRate) {
        var deliveries = new ArrayList<Snapshot>();
        for (var snapshot : sent) {
            if (random.nextDouble() >= lossRate) {
                deliveries.add(snapshot);
                if (random.nextInt(3) == 0) {
                    deliveries.add(snapshot);
                }
            }
        }
        Collections.shuffle(deliveries, random);
        return deliveries;
    }

    private static List<Snapshot> latestOfEachLife(List<Snapshot> deliveries) {
        var latest = new HashMap<String, Snapshot>();
        for (var snapshot : deliveries) {
            latest.merge(
                    snapshot.incarnation(),
                    snapshot,
                    BinaryOperator.maxBy(Comparator.comparingLong(Snapshot::sequence)));
        }
        return List.copyOf(latest.values());
    }

    private static Percentiles merged(List<Snapshot> latest) {
        var all = new Distribution();
        for (var snapshot : latest) {
            all.add(Histograms.decode(Optional.ofNullable(snapshot.histograms().get(Sender.LATENCY))
                    .orElseThrow()));
        }
        return Summaries.percentiles(Summary.of(Unit.MICROSECONDS, all));
    }

    private static void assertRestartsOf(Stats stats, List<Snapshot> latest) {
        for (var instance : stats.instances()) {
            assertThat(instance.restarts())
                    .isEqualTo(latest.stream()
                                    .filter(snapshot -> snapshot.instance().equals(instance.name()))
                                    .count()
                            - 1);
            assertThat(instance.incarnation())
                    .isEqualTo(latest.stream()
                            .filter(snapshot -> snapshot.instance().equals(instance.name()))
                            .max(Comparator.comparingLong(Snapshot::epochMillis))
                            .orElseThrow()
                            .incarnation());
        }
    }

    private static long inTimeline(Stats stats) {
        return stats.timeline().stream()
                .mapToLong(point -> point.counters().getOrDefault(Sender.COUNTER, 0L))
                .sum();
    }

    /** All but what each life had done before it was first heard of in the middle of it. */
    private static long expectedInTimeline(List<Snapshot> deliveries) {
        Map<String, Snapshot> first = new HashMap<>();
        deliveries.forEach(snapshot -> first.putIfAbsent(snapshot.incarnation(), snapshot));
        long expected = 0;
        for (var latest : latestOfEachLife(deliveries)) {
            var heardFirst = first.getOrDefault(latest.incarnation(), latest);
            expected += latest.counters().getOrDefault(Sender.COUNTER, 0L);
            if (heardFirst.sequence() > 1) {
                expected -= heardFirst.counters().getOrDefault(Sender.COUNTER, 0L);
            }
        }
        return expected;
    }
}
