package dev.muster.launcher.run.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.bus.Stats;
import dev.muster.bus.StressAccepted;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.run.Observations;
import dev.muster.launcher.run.stress.Autoscaler.View;
import dev.muster.launcher.run.stress.Profile.Shape;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the experiment stress asks for and keeps books of, without any pod. */
class StressPartsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "STEPS, 0, 0.75",
        "STEPS, 9.9, 0.75",
        "STEPS, 10, 1",
        "STEPS, 39.9, 1.5",
        "RAMP, 0, 0.5",
        "RAMP, 10, 1",
        "RAMP, 20, 1.5",
        "RAMP, 30, 1",
        "SINE, 0, 0.5",
        "SINE, 4, 1",
        "SINE, 8, 1.5",
        "SINE, 16, 0.5",
        "BALANCE, 10, 0",
        "STEPS, 40, 0",
        "RAMP, -1, 0",
    })
    void shouldAskForTheCoresOfItsShape(Shape shape, double time, double cores) {
        assertThat(new Profile(shape, 0.5, 1.5, 40, 4, 16).at(time)).isCloseTo(cores, within(1e-9));
    }

    private static StressAccepted pod(String name, double requested, double delivered) {
        return new StressAccepted(name, "node-1", 0.5, (long) (requested * 1e9), (long) (delivered * 1e9));
    }

    @Test
    void shouldKeepEachPodsBooksFromItsFirstAnswerOn() throws IOException {
        var log = new LoadLog(Set.of("a"));
        log.beat(0, 1, Map.of("a", pod("pod-a", 10, 9)));
        log.saw(0.8, new View(2, 1, 1, 2));
        log.beat(1, 1, Map.of("a", pod("pod-a", 11, 9.5)));
        log.beat(3.5, 1, Map.of("a", pod("pod-a", 12.25, 10), "b", pod("pod-b", 0, 0)));
        log.beat(4.5, 1, Map.of("a", pod("pod-a", 12.75, 10.5), "b", pod("pod-b", 0.5, 0.25)));

        log.write(folder.resolve("load.csv"), folder.resolve("pods.csv"));

        assertThat(Files.readAllLines(folder.resolve("load.csv")))
                .containsExactly(
                        "seconds,asked,requested,delivered,pods,working,wanted,replicas,ready,nodes",
                        "0.000,1.0000,0.0000,0.0000,1,0,,,,",
                        "1.000,1.0000,1.0000,0.5000,1,1,2,1,1,2",
                        "3.500,1.0000,0.5000,0.2000,2,1,,,,",
                        "4.500,1.0000,1.0000,0.7500,2,2,,,,");
        assertThat(Files.readAllLines(folder.resolve("pods.csv")))
                .containsExactly(
                        "pod,node,cores,joined_s,first_work_s,requested_s,delivered_s",
                        "pod-a,node-1,0.500,0.000,1.000,2.750,1.500",
                        "pod-b,node-1,0.500,3.500,4.500,0.500,0.250");
        assertThat(log.askedSeconds()).isEqualTo(4.5);
        assertThat(log.mostPods()).isEqualTo(2);
    }

    @Test
    void shouldSpreadWhatAPodBurntOverTheBeatsThatItMissed() throws IOException {
        var log = new LoadLog(Set.of("a", "b"));
        log.beat(0, 2, Map.of("a", pod("pod-a", 0, 0), "b", pod("pod-b", 0, 0)));
        log.beat(1, 2, Map.of("a", pod("pod-a", 1, 1)));
        log.beat(2, 2, Map.of("a", pod("pod-a", 2, 2), "b", pod("pod-b", 2, 1)));

        log.write(folder.resolve("load.csv"), folder.resolve("pods.csv"));

        assertThat(Files.readAllLines(folder.resolve("load.csv")))
                .contains("1.000,2.0000,2.0000,1.5000,1,1,,,,", "2.000,2.0000,2.0000,1.5000,2,2,,,,");
    }

    @Test
    void shouldTakeNoPodForNewThatWasThereBeforeAndMissedTheFirstBeat() {
        var log = new LoadLog(Set.of("a", "b"));
        log.beat(0, 1, Map.of("a", pod("pod-a", 10, 9)));
        log.beat(1, 1, Map.of("a", pod("pod-a", 11, 9.5), "b", pod("pod-b", 5, 5)));
        log.beat(2, 1, Map.of("b", pod("pod-b", 6, 6), "c", pod("pod-c", 0, 0)));
        log.beat(3, 1, Map.of("c", pod("pod-c", 1, 1)));

        assertThat(log.newPodsWorked()).containsExactly(3.0);
    }

    private static RunHealth counted(Map<String, Long> counters) {
        var before = stats(Map.of());
        return RunHealth.between(before, stats(counters));
    }

    private static Stats stats(Map<String, Long> counters) {
        return new Stats(0, List.of(), counters, Map.of(), Map.of(), Map.of(), List.of(), List.of());
    }

    private static Map<String, Measurement> told(RunHealth observed) {
        var all = new Observations();
        new StressBooks(observed).into(all);
        return all.measurements();
    }

    private static final long SECOND = 1_000_000_000;

    @Test
    void shouldTellWhatThePodsTell() {
        var observed = counted(Map.of(
                "stress.cpu.requested",
                10 * SECOND,
                "stress.cpu.delivered",
                8 * SECOND,
                "stress.throttled",
                SECOND,
                "stress.throttled_periods",
                5L,
                "stress.periods",
                20L));

        assertThat(told(observed).values().stream().map(StressPartsTest::value))
                .containsExactly(10.0, 8.0, 0.8, 1.0, 0.25);
        assertThat(new StressBooks(observed).cover(10.5)).isTrue();
        assertThat(new StressBooks(observed).cover(10.6))
                .as("pods were asked for less than the profile wants")
                .isFalse();
    }

    private static @Nullable Double value(Measurement measurement) {
        return ((Measurement.Value) measurement).value();
    }

    @Test
    void shouldTellNothingWhereNobodyKnows() {
        assertThat(told(counted(Map.of())).values().stream().map(StressPartsTest::value))
                .as("no pod was heard of")
                .containsOnlyNulls()
                .hasSize(5);
        var unlimited = Map.of(
                "stress.cpu.requested", SECOND,
                "stress.cpu.delivered", SECOND,
                "stress.throttled", 0L,
                "stress.throttled_periods", 0L,
                "stress.periods", 0L);
        assertThat(told(counted(unlimited)).values().stream().map(StressPartsTest::value))
                .as("no limit, or no control group to be read")
                .containsExactly(1.0, 1.0, 1.0, null, null);
    }
}
