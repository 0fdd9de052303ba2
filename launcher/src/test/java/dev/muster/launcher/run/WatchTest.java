package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Stats;
import dev.muster.launcher.result.Result;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real bus, and a collector that answers as the test has it. */
class WatchTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTellAndRecordWhatTheLoadItselfSeesBesideTheProcesses() throws Exception {
        try (var pods = new FakePods()) {
            var told = new CopyOnWriteArrayList<Stats>();
            var run = TestRun.of(
                    folder,
                    new Spectator() {
                        @Override
                        public void second(Result result, RunHealth observed, Stats.Point news) {
                            told.add(observed.stats(List.of(news)));
                        }
                    },
                    "boot");
            var stage = new Fixed(pods.bus());

            run.measure(stage, stage.bus().stats(), new Seeing(() -> !told.isEmpty()));

            assertThat(told.get(0).gauges()).containsEntry("kube.pods.running", 7.0);
            assertThat(told.get(0).timeline().get(0).gauges()).containsEntry("kube.pods.running", 7.0);
            assertThat(run.folder().file("timeline.csv")).content().contains("kube.pods.running,gauge,,7,");
        }
    }

    /** Processes that stay as they are. */
    private record Fixed(Bus bus) implements Stage {
        @Override
        public boolean hasLost() {
            return false;
        }

        @Override
        public Optional<Processes> faults() {
            return Optional.empty();
        }

        @Override
        public String instance(String name) {
            return name;
        }
    }

    /** Does nothing, and sees seven pods that run. */
    private record Seeing(BooleanSupplier isOver) implements Load {
        @Override
        public Map<String, Double> seen() {
            return Map.of("kube.pods.running", 7.0);
        }

        @Override
        public void begin() {}

        @Override
        public Duration limit() {
            return Duration.ofMinutes(1);
        }

        @Override
        public boolean isComplete(RunHealth counts) {
            return isOver.getAsBoolean();
        }

        @Override
        public String progress(RunHealth counts, RunHealth recorded, Duration time) {
            return "";
        }

        @Override
        public void end() {}

        @Override
        public Findings soFar(Instant start, RunHealth recorded) {
            return new Findings(start, 0, true, new Observations(), new Verdict(List.of(), List.of()));
        }

        @Override
        public Findings found(Instant start, RunHealth observed) {
            return soFar(start, observed);
        }
    }
}
