package dev.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Percentiles;
import dev.muster.bus.Stats;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsTextTest {
    @Test
    void shouldLineUpColumnsAndNeverShowAZeroForWhatIsUnknown() {
        var stats = new Stats(
                1_700_000_000_000L,
                List.of(
                        new Stats.Instance(
                                "pod-1", "master", "0.1", "abc", 400, false, 0, 0, Map.of("process.cpu.share", 0.123)),
                        new Stats.Instance("pod-22", "minion", "0.1", "def", 61_000, true, 1, 2, Map.of())),
                Map.of("master.registered", 1_000L),
                Map.of("master.queue", 2.0, "process.cpu.share", 0.123),
                Map.of("master.latency", new Percentiles("ms", 5, 1.0, 2.0, 3.0, null, null, null, null, 4.0)),
                Map.of(),
                List.of(),
                List.of("pod-22: 2 snapshots after number 7"));

        assertThat(StatsText.of(stats).lines())
                .containsExactly(
                        "at 2023-11-14T22:13:20Z",
                        "",
                        "process  roles   build  cpu     heard              restarts  missed",
                        "pod-1    master  0.1    12.3 %  0.4 s              0         0",
                        "pod-22   minion  0.1    -       silent for 61.0 s  1         2",
                        "",
                        "distribution    count  min      p50      p90  p95  p99  p99.9  max",
                        "master.latency  5      1.00 ms  3.00 ms  -    -    -    -      4.00 ms",
                        "",
                        "counter            value",
                        "master.registered  1000",
                        "",
                        "gauge         value",
                        "master.queue  2.000",
                        "missed: pod-22: 2 snapshots after number 7");
    }

    @Test
    void shouldSayThatThereAreNoSamples() {
        var stats = new Stats(
                0,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of("master.latency", new Percentiles("ms", 0, null, null, null, null, null, null, null, null)),
                Map.of(),
                List.of(),
                List.of());

        assertThat(StatsText.of(stats)).contains("master.latency  no samples").doesNotContain("0.00");
    }
}
