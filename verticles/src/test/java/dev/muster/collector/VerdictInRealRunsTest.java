package dev.muster.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.muster.collector.RealRunProcess.Disturbance;
import dev.muster.measure.Rule;
import dev.muster.measure.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule is made true in a real run, and the same run undisturbed does not raise it. Restarts and mixed builds, which
 * need several processes, are in module launcher.
 */
class VerdictInRealRunsTest {
    private static final Duration SERVICE_TIME = Duration.ofMillis(200);
    private static final int TRIES = 4;

    static Stream<Arguments> disturbances() {
        return Stream.of(
                // The first two are let loose on the generator's own thread, and on the event loop that sends.
                arguments(Rule.GENERATOR_LATE, disturbance(run -> stall())),
                arguments(Rule.LOOP_DELAYED, disturbance(run -> run.blockTheLoop(VerdictInRealRunsTest::stall))),
                arguments(Rule.WORK_UNSENT, disturbance(run -> run.slowTheSystem(Duration.ofSeconds(2)))),
                arguments(Rule.CLOCK_UNCERTAIN, disturbance(run -> run.slowTheClocksPath(Duration.ofSeconds(1)))),
                arguments(Rule.MEASUREMENTS_LOST, disturbance(RealRun::loseASnapshot)));
    }

    private static Consumer<RealRun> disturbance(Consumer<RealRun> disturbance) {
        return disturbance;
    }

    private static void stall() {
        long until = System.nanoTime() + 600_000_000;
        for (long left = 1; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static List<String> codes(Consumer<RealRun> disturbance) {
        try (var run = new RealRun(SERVICE_TIME)) {
            return run.run(disturbance, () -> {}).reasons().stream()
                    .map(Verdict.Reason::code)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("disturbances")
    void shouldNotBelieveADisturbedRun(Rule rule, Consumer<RealRun> disturbance) {
        assertThat(codes(disturbance)).contains(rule.code());
    }

    @Test
    void shouldBelieveTheSameRunUndisturbed() {
        // Another process on this machine may disturb a run, and then the verdict says so rightly; not each time.
        var quietest = Stream.generate(() -> codes(undisturbed -> {}))
                .limit(TRIES)
                .filter(List::isEmpty)
                .findFirst();

        assertThat(quietest).isPresent();
    }

    @Test
    void shouldNotBelieveARunWhoseProcessHasNoIdleCpuLeft() throws Exception {
        assertThat(RealRunProcess.reasons(Disturbance.BUSY_THREADS)).contains(Rule.CPU_SATURATED.code());
    }

    @Test
    void shouldNotBelieveARunWithAPauseLongerThanTheLatencyThatItClaims() throws Exception {
        assertThat(RealRunProcess.reasons(Disturbance.LONG_PAUSE)).contains(Rule.GC_PAUSED.code());
    }

    @Test
    void shouldBelieveTheSameProcessWhenItHasIdleCpuAndShortPauses() throws Exception {
        assertThat(RealRunProcess.reasons(Disturbance.NONE))
                .doesNotContain(Rule.CPU_SATURATED.code(), Rule.GC_PAUSED.code());
    }
}
