package dev.muster.launcher.run.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kube.PodLife;
import dev.muster.kube.PodLife.Stage;
import dev.muster.kube.PodLife.Told;
import dev.muster.launcher.catalogue.PodMetric;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.launcher.run.Observations;
import dev.muster.measure.ClockOffset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodTimesTest {
    private static final long START = 1_700_000_000_000L;
    /** The master's clock is 5 s ahead of this one, known to 2 ms. */
    private static final ClockOffset.Estimate MASTER = new ClockOffset.Estimate(5_000_000_000L, 2_000_000);

    /** As exact as a distribution is. */
    private static final Percentage THREE_DIGITS = Percentage.withPercentage(0.1);

    @TempDir
    private Path folder;

    @Test
    void shouldTellHowMuchLaterTheApiSaidThatAPodRunsByOneClock() {
        var pod = pod("a", "node-1", Map.of(Stage.CREATED, 0L, Stage.SCHEDULED, 10L, Stage.RUNNING, 900L), false);

        var metrics = measured(List.of(pod), Map.of("a", (START + 5_000 + 400) * 1_000));

        assertThat(distribution(metrics, PodMetric.LATENESS).max()).isCloseTo(500.0, THREE_DIGITS);
        assertThat(distribution(metrics, PodMetric.REGISTERED).max()).isCloseTo(400.0, THREE_DIGITS);
        assertThat(distribution(metrics, PodMetric.SCHEDULED).max()).isCloseTo(10.0, THREE_DIGITS);
        assertThat(distribution(metrics, PodMetric.READY).count()).isZero();
        assertThat(value(metrics, PodMetric.CLOCK_ERROR)).isEqualTo(2_000);
        assertThat(value(metrics, PodMetric.UNJOINED)).isZero();
    }

    @Test
    void shouldKeepALatenessBelowZero() {
        var pod = pod("a", "node-1", Map.of(Stage.CREATED, 0L, Stage.RUNNING, 100L), false);

        var metrics = measured(List.of(pod), Map.of("a", (START + 5_000 + 350) * 1_000));

        assertThat(distribution(metrics, PodMetric.LATENESS).min()).isCloseTo(-250.0, THREE_DIGITS);
    }

    @Test
    void shouldCountWhatOnlyOneSideKnows() {
        var silent = pod("silent", "node-1", Map.of(Stage.CREATED, 0L), false);

        var metrics = measured(List.of(silent), Map.of("stranger", START * 1_000));

        assertThat(value(metrics, PodMetric.SEEN)).isEqualTo(1);
        assertThat(value(metrics, PodMetric.UNJOINED)).isEqualTo(2);
        assertThat(distribution(metrics, PodMetric.LATENESS).count()).isZero();
    }

    @Test
    void shouldLeaveOutPodsThatWereThereBeforeItWatched() {
        var old = pod("old", "node-1", Map.of(Stage.CREATED, 0L, Stage.RUNNING, 100L), true);
        var pod = pod("new", "node-1", Map.of(Stage.CREATED, 0L), false);

        assertThat(value(measured(List.of(old, pod), Map.of()), PodMetric.SEEN)).isEqualTo(1);
    }

    @Test
    void shouldSayOfMinionsThatAreNoPodsThatNothingWasMeasured() {
        var metrics = PodTimes.none().into(new Observations()).measurements();

        assertThat(metrics.keySet())
                .isEqualTo(Set.copyOf(
                        Arrays.stream(PodMetric.values()).map(PodMetric::id).toList()));
        assertThat(metrics.get(PodMetric.SEEN.id())).isEqualTo(new Measurement.Value("", null));
    }

    @Test
    void shouldWriteEachPodAndThePercentilesOfEachNode() throws Exception {
        var result = ResultFolder.create(folder, "boot", Instant.EPOCH);
        var one = pod("a", "node-1", Map.of(Stage.CREATED, 0L, Stage.SCHEDULED, 10L), false);
        var two = pod("b", "node-2", Map.of(Stage.CREATED, 0L, Stage.SCHEDULED, 30L), false);
        var three = pod("c", "node-2", Map.of(Stage.CREATED, 0L, Stage.SCHEDULED, 50L), false);

        PodTimes.join(List.of(one, two, three), 0, Map.of(), MASTER).write(result);

        assertThat(Files.readAllLines(result.file("pods.csv")))
                .hasSize(4)
                .element(2, InstanceOfAssertFactories.STRING)
                .startsWith("pod-b,b,node-2,2023-11-14T22:13:20.000000Z,30.000,");
        assertThat(Files.readAllLines(result.file("nodes.csv")))
                .anyMatch(line -> line.matches("node-1,1,scheduled,1,,,,10\\.0\\d\\d"))
                .anyMatch(line -> line.matches("node-2,2,scheduled,2,30\\.0\\d\\d,,,50\\.0\\d\\d"))
                .contains("node-2,2,ready,0,,,,");
    }

    private static Map<String, Measurement> measured(List<PodLife> pods, Map<String, Long> registered) {
        return PodTimes.join(pods, 0, registered, MASTER)
                .into(new Observations())
                .measurements();
    }

    private static PodLife pod(String uid, String node, Map<Stage, Long> millis, boolean listed) {
        var stages = new EnumMap<Stage, Told>(Stage.class);
        millis.forEach((stage, at) -> stages.put(stage, new Told(0, (START + at) * 1_000_000, listed)));
        return new PodLife(uid, "muster", "pod-" + uid, node, stages, Optional.empty(), false);
    }

    private static Measurement.Distributed distribution(Map<String, Measurement> metrics, PodMetric metric) {
        return (Measurement.Distributed) requireNonNull(metrics.get(metric.id()));
    }

    private static double value(Map<String, Measurement> metrics, PodMetric metric) {
        var value = (Measurement.Value) requireNonNull(metrics.get(metric.id()));
        return requireNonNull(value.value());
    }
}
