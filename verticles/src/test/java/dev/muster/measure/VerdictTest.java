package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("smoke")
class VerdictTest {
    private static final List<Rule> ALL = List.of(Rule.values());

    /** A run at the very limits: claimed p99 of 300 ms. */
    private static Run good() {
        return new Run();
    }

    /** Evidence, one part of it changed at a time. */
    private static final class Run {
        Summary claimed = millis(300);
        Summary lateness = micros(30_000);
        Summary loopDelay = millis(200);
        Summary gcPauses = millis(300);
        double cpuShare = 0.95;
        long unsent;
        long restarts;
        List<String> builds = List.of("1.0-abc");
        List<String> gaps = List.of();
        long merges;
        boolean durable = true;
        List<Evidence.BetweenClocks> betweenClocks = List.of(oneWay(10, 10_000_000), oneWay(300, 299_000_000));

        Evidence evidence() {
            return new Evidence(
                    claimed,
                    lateness,
                    loopDelay,
                    gcPauses,
                    cpuShare,
                    unsent,
                    restarts,
                    builds,
                    gaps,
                    merges,
                    durable,
                    betweenClocks);
        }

        List<Rule> speakingAgainst() {
            return ALL.stream()
                    .filter(rule -> rule.check(evidence()).isPresent())
                    .toList();
        }
    }

    @Test
    void shouldBelieveARunAtItsLimits() {
        var verdict = Verdict.of(ALL, good().evidence());

        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.notes()).isEmpty();
        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.word()).isEqualTo("VALID");
    }

    @Test
    void shouldNotBelieveALateGenerator() {
        var run = good();
        run.lateness = micros(31_000);

        assertThat(run.speakingAgainst()).containsExactly(Rule.GENERATOR_LATE);
        assertThat(Rule.GENERATOR_LATE.check(run.evidence())).hasValueSatisfying(reason -> {
            assertThat(reason.code()).isEqualTo("generator-late");
            assertThat(reason.observed()).contains("lateness").contains("31.0 ms");
            assertThat(reason.limit()).isEqualTo("30.0 ms");
            assertThat(reason.fix()).isNotBlank();
            assertThat(reason.text())
                    .contains("generator-late")
                    .contains("31.0 ms")
                    .contains(reason.fix());
        });
    }

    @Test
    void shouldJudgeLatenessByItsP99AndNotByItsMaximum() {
        var run = good();
        run.lateness = Summary.of(
                Unit.MICROSECONDS,
                Distribution.of(LongStream.rangeClosed(1, 1_000)
                        .map(i -> i == 1_000 ? 90_000 : 10)
                        .toArray()));

        assertThat(run.speakingAgainst()).isEmpty();
    }

    @Test
    void shouldJudgeFewSamplesOfLatenessByTheirMaximum() {
        var run = good();
        run.lateness = Summary.of(Unit.MICROSECONDS, Distribution.of(10, 10, 90_000));

        assertThat(run.speakingAgainst()).containsExactly(Rule.GENERATOR_LATE);
    }

    @Test
    void shouldAllowSmallLatenessHoweverSmallTheLatency() {
        var run = good();
        run.claimed = micros(100);
        run.loopDelay = millis(199);
        run.gcPauses = millis(99);
        run.lateness = micros(1_990);

        assertThat(run.speakingAgainst()).isEmpty();
    }

    @Test
    void shouldNotAllowMoreThanTheFloorsWhenNothingIsClaimed() {
        var run = good();
        run.claimed = Summary.none(Unit.MILLISECONDS);
        run.lateness = micros(2_100);
        run.loopDelay = millis(210);
        run.gcPauses = millis(110);

        assertThat(run.speakingAgainst()).containsExactly(Rule.GENERATOR_LATE, Rule.LOOP_DELAYED, Rule.GC_PAUSED);
    }

    @Test
    void shouldJudgeNothingThatWasNotMeasured() {
        var run = good();
        run.claimed = Summary.none(Unit.MILLISECONDS);
        run.lateness = Summary.none(Unit.NANOSECONDS);
        run.loopDelay = Summary.none(Unit.NANOSECONDS);
        run.gcPauses = Summary.none(Unit.MILLISECONDS);

        assertThat(run.speakingAgainst()).isEmpty();
    }

    @Test
    void shouldNotBelieveASaturatedProcess() {
        var run = good();
        run.cpuShare = 0.96;

        assertThat(run.speakingAgainst()).containsExactly(Rule.CPU_SATURATED);
    }

    @Test
    void shouldNotBelieveABlockedEventLoop() {
        var run = good();
        run.loopDelay = millis(202);

        assertThat(run.speakingAgainst()).containsExactly(Rule.LOOP_DELAYED);
    }

    @Test
    void shouldAllowALoopDelayThatIsSmallBesideTheLatency() {
        var run = good();
        run.claimed = millis(5_000);
        run.loopDelay = millis(490);

        assertThat(run.speakingAgainst()).isEmpty();
    }

    @Test
    void shouldNotBelieveALongPause() {
        var run = good();
        run.gcPauses = millis(302);

        assertThat(run.speakingAgainst()).containsExactly(Rule.GC_PAUSED);
    }

    @Test
    void shouldNotBelieveALatencyBelowTheErrorOfItsClocksAndNameEach() {
        var run = good();
        run.betweenClocks = List.of(oneWay(10, 10_100_000), oneWay(20, 19_000_000), oneWay(-5, 1));

        assertThat(run.speakingAgainst()).containsExactly(Rule.CLOCK_UNCERTAIN);
        assertThat(Rule.CLOCK_UNCERTAIN.check(run.evidence()).orElseThrow().observed())
                .isEqualTo("the clocks of one-way-10 are known to 10.1 ms, its median is 10.0 ms;"
                        + " the clocks of one-way--5 are known to 1.00 ns, its median is -5.00 ms");
    }

    @Test
    void shouldJudgeTheOnlySampleOfALatencyBetweenClocksAndNotTheAbsenceOfAny() {
        var run = good();
        var one = Summary.of(Unit.MILLISECONDS, Distribution.of(3));
        run.betweenClocks = List.of(new Evidence.BetweenClocks("none", Summary.none(Unit.MILLISECONDS), 1_000));
        assertThat(run.speakingAgainst()).isEmpty();

        var evidence = run.evidence().and(new Evidence.BetweenClocks("one", one, 4_000_000));

        assertThat(evidence.betweenClocks()).hasSize(2);
        assertThat(Rule.CLOCK_UNCERTAIN.check(evidence)).isPresent();
    }

    @Test
    void shouldNotBelieveARunThatDroppedWork() {
        var run = good();
        run.unsent = 1;

        assertThat(run.speakingAgainst()).containsExactly(Rule.WORK_UNSENT);
    }

    @Test
    void shouldNotBelieveARunWithARestart() {
        var run = good();
        run.restarts = 1;

        assertThat(run.speakingAgainst()).containsExactly(Rule.PROCESS_RESTARTED);
    }

    @Test
    void shouldNotBelieveARunOfTwoBuilds() {
        var run = good();
        run.builds = List.of("1.0-abc", "1.0-def");

        assertThat(run.speakingAgainst()).containsExactly(Rule.BUILDS_MIXED);
        assertThat(Rule.BUILDS_MIXED.check(run.evidence()).orElseThrow().observed())
                .contains("1.0-abc, 1.0-def");
    }

    @Test
    void shouldNotBelieveARunWithGaps() {
        var run = good();
        run.gaps = List.of("minion-3: 2 snapshots after number 7");

        assertThat(run.speakingAgainst()).containsExactly(Rule.MEASUREMENTS_LOST);
        assertThat(Rule.MEASUREMENTS_LOST.check(run.evidence()).orElseThrow().observed())
                .contains("minion-3");
    }

    @Test
    void shouldNotBelieveARunInWhichTheBusWasSplit() {
        var run = good();
        run.merges = 2;

        assertThat(run.speakingAgainst()).containsExactly(Rule.BUS_SPLIT);
        assertThat(Rule.BUS_SPLIT.invalidates()).isTrue();
        assertThat(Rule.BUS_SPLIT.check(run.evidence()).orElseThrow().text())
                .startsWith("bus-split: the bus was split: ")
                .contains("joined them again: 2, limit 0");
    }

    @Test
    void shouldNoteATableInMemoryAndStillBelieveTheRun() {
        var run = good();
        run.durable = false;

        var verdict = Verdict.of(ALL, run.evidence());

        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.notes()).singleElement().satisfies(note -> assertThat(note.code())
                .isEqualTo("not-durable"));
    }

    @Test
    void shouldApplyOnlyTheChosenRules() {
        var run = good();
        run.cpuShare = 1;
        run.unsent = 5;

        var verdict = Verdict.of(EnumSet.of(Rule.WORK_UNSENT, Rule.GC_PAUSED), run.evidence());

        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.word()).isEqualTo("INVALID");
        assertThat(verdict.reasons()).singleElement().satisfies(reason -> assertThat(reason.code())
                .isEqualTo("work-unsent"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepItsCodesStable(Rule rule) {
        assertThat(rule.code())
                .isIn(
                        "generator-late",
                        "cpu-saturated",
                        "loop-delayed",
                        "gc-paused",
                        "clock-uncertain",
                        "work-unsent",
                        "process-restarted",
                        "builds-mixed",
                        "measurements-lost",
                        "bus-split",
                        "not-durable");
    }

    /** Half of its samples are not above this. */
    private static Evidence.BetweenClocks oneWay(long medianMillis, long errorNanos) {
        double median = medianMillis;
        var latency = new Summary(Unit.MILLISECONDS, 100, median, median, median, 900.0, 900.0, 900.0, null, 900.0);
        return new Evidence.BetweenClocks("one-way-" + medianMillis, latency, errorNanos);
    }

    private static Summary millis(long value) {
        return hundred(Unit.MILLISECONDS, value);
    }

    private static Summary micros(long value) {
        return hundred(Unit.MICROSECONDS, value);
    }

    /** A hundred samples whose p99 and maximum are exactly this. */
    private static Summary hundred(Unit unit, long value) {
        var samples = new double[] {1, value};
        return new Summary(unit, 100, samples[0], 1.0, 1.0, 1.0, 1.0, samples[1], null, samples[1]);
    }
}
