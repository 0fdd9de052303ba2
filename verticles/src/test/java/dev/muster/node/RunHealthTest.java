package dev.muster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.bus.Stats;
import dev.muster.measure.Distribution;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunHealthTest {
    private static final Summary CLAIMED = Summary.none(Unit.MILLISECONDS);

    private static Stats stats(long epochMillis, List<String> gaps, Distribution delays, Stats.Instance... instances) {
        return new Stats(
                epochMillis,
                Arrays.asList(instances),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(HealthMetric.LOOP_DELAY.id(), Histograms.encode(Unit.NANOSECONDS, delays)),
                List.of(),
                gaps);
    }

    private static Stats.Instance instance(
            String name, String build, long silentMillis, long restarts, double used, double available) {
        var gauges = Map.of("process.cpu.used", used, "process.cpu.available", available);
        return new Stats.Instance(name, "some", build, name + "-" + restarts, silentMillis, false, restarts, 0, gauges);
    }

    @Test
    void shouldHoldOnlyAgainstARunWhatHappenedDuringIt() {
        var before = stats(
                10_000,
                List.of("a: 1 snapshot after number 3"),
                Distribution.of(900_000_000, 1_000),
                instance("a", "1.0", 100, 2, 8, 10),
                instance("gone", "0.9", 400_000, 0, 0, 0));
        var after = stats(
                20_000,
                List.of("a: 1 snapshot after number 3", "b: 2 snapshots after number 7"),
                Distribution.of(900_000_000, 1_000, 2_000, 3_000),
                instance("a", "1.0", 100, 2, 11, 20),
                instance("b", "1.1", 100, 1, 9, 10),
                instance("gone", "0.9", 410_000, 0, 0, 0));

        var evidence = RunHealth.between(before, after).evidence(CLAIMED, 3, true);

        assertThat(evidence.loopDelay().count()).isEqualTo(2);
        assertThat(evidence.loopDelay().max()).isNotNull().isCloseTo(3_000, within(3.0));
        assertThat(evidence.lateness().count()).isZero();
        assertThat(evidence.cpuShare())
                .as("process b, which began during the run")
                .isCloseTo(0.9, within(1e-9));
        assertThat(evidence.restarts()).isEqualTo(1);
        assertThat(evidence.builds()).containsExactly("1.0", "1.1");
        assertThat(evidence.gaps()).containsExactly("b: 2 snapshots after number 7");
        assertThat(evidence.unsent()).isEqualTo(3);
        assertThat(evidence.durable()).isTrue();
        assertThat(evidence.claimed()).isEqualTo(CLAIMED);
    }

    @Test
    void shouldCallTheEndOfAProcessThatFellSilentDuringTheRunAGap() {
        var before = stats(10_000, List.of(), new Distribution(), instance("gone", "1.0", 4_000, 0, 0, 0));
        var after = stats(
                20_000,
                List.of(),
                new Distribution(),
                silent(instance("died", "1.0", 5_000, 0, 0, 0)),
                silent(instance("gone", "1.0", 14_000, 0, 0, 0)));

        assertThat(RunHealth.between(before, after).evidence(CLAIMED, 0, true).gaps())
                .containsExactly("died: nothing for the last 5.00 s");
    }

    private static Stats.Instance silent(Stats.Instance of) {
        return new Stats.Instance(
                of.name(),
                of.roles(),
                of.build(),
                of.incarnation(),
                of.silentMillis(),
                true,
                of.restarts(),
                of.missed(),
                of.gauges());
    }

    @Test
    void shouldCountTheProcessesThatJoinedTheBusAgainDuringTheRun() {
        assertThat(merges(1, 3)).isEqualTo(2);
        assertThat(merges(3, 3)).isZero();
        assertThat(merges(3, 0)).as("of a collector that began anew").isZero();
    }

    private static long merges(long before, long after) {
        return RunHealth.between(merged(10_000, before), merged(20_000, after))
                .evidence(CLAIMED, 0, true)
                .merges();
    }

    private static Stats merged(long epochMillis, long merges) {
        var counters = Map.of("process.bus.merged", merges);
        return new Stats(epochMillis, List.of(), counters, Map.of(), Map.of(), Map.of(), List.of(), List.of());
    }

    @Test
    void shouldTakeTheCpuShareOfTheRunAndNotOfTheProcess() {
        var before = stats(10_000, List.of(), new Distribution(), instance("a", "1.0", 100, 0, 1, 20));
        var after = stats(20_000, List.of(), new Distribution(), instance("a", "1.0", 100, 0, 11, 30));

        assertThat(RunHealth.between(before, after).evidence(CLAIMED, 0, true).cpuShare())
                .isCloseTo(1.0, within(1e-9));
    }

    @Test
    void shouldKnowTheCpuTimeOfAProcessThatWasThereBeforeAndAfterAlone() {
        var before = stats(
                10_000,
                List.of(),
                new Distribution(),
                instance("stays", "1.0", 100, 0, 1.5, 20),
                instance("restarts", "1.0", 100, 0, 8, 20),
                instance("goes", "1.0", 100, 0, 8, 20));
        var after = stats(
                20_000,
                List.of(),
                new Distribution(),
                instance("stays", "1.0", 100, 0, 11, 30),
                instance("restarts", "1.0", 100, 1, 3, 10),
                instance("comes", "1.0", 100, 0, 3, 10));

        var run = RunHealth.between(before, after);

        assertThat(run.cpuSeconds("stays")).hasValue(9.5);
        assertThat(List.of("restarts", "goes", "comes", "nobody"))
                .allSatisfy(name -> assertThat(run.cpuSeconds(name)).isEmpty());
    }

    @Test
    void shouldTakeAllThatACollectorHasThatBeganAnew() {
        var before = stats(10_000, List.of(), Distribution.of(1, 2, 3));
        var after = stats(20_000, List.of(), Distribution.of(5, 6));

        assertThat(RunHealth.between(before, after)
                        .during(HealthMetric.LOOP_DELAY)
                        .count())
                .isEqualTo(2);
    }
}
