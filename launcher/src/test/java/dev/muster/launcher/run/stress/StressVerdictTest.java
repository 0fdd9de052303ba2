package dev.muster.launcher.run.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Credential;
import dev.muster.bus.Stats;
import dev.muster.launcher.run.Bus;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.TestRun;
import dev.muster.measure.Rule;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What speaks against a run of the experiment stress, and what does not. */
class StressVerdictTest {
    private static final Stats BEFORE = stats(10_000, Map.of("process.bus.merged", 1L), List.of(), pod("a", "1.0", 0));

    @TempDir
    private Path results;

    @Test
    void shouldNotBelieveARunDuringWhichTheBusWasSplit() throws Exception {
        var split = after(Map.of("process.bus.merged", 2L), List.of(), pod("a", "1.0", 0));

        assertThat(profile(Autoscaler.none(), split)).containsExactly(Rule.BUS_SPLIT.code());
        assertThat(profile(autoscaler(), split)).containsExactly(Rule.BUS_SPLIT.code());
        assertThat(balance(split)).containsExactly(Rule.BUS_SPLIT.code());
    }

    @Test
    void shouldNotHoldAgainstARunThatTheBusWasSplitBefore() throws Exception {
        var whole = after(Map.of("process.bus.merged", 1L), List.of(), pod("a", "1.0", 0));

        assertThat(profile(Autoscaler.none(), whole)).isEmpty();
        assertThat(balance(whole)).isEmpty();
    }

    @Test
    void shouldTellEachThingThatSpeaksAgainstARun() throws Exception {
        var broken = after(Map.of(), List.of("a: 3 snapshots"), pod("a", "1.0", 1), pod("b", "1.1", 0));
        var all = Stream.of(Rule.PROCESS_RESTARTED, Rule.BUILDS_MIXED, Rule.MEASUREMENTS_LOST)
                .map(Rule::code)
                .toList();

        assertThat(profile(Autoscaler.none(), broken)).containsExactlyElementsOf(all);
        assertThat(balance(broken)).containsExactlyElementsOf(all);
    }

    @Test
    void shouldLetAnAutoscalerTakePodsAway() throws Exception {
        var gone = after(Map.of(), List.of("b: silent"), pod("a", "1.0", 0));

        assertThat(profile(autoscaler(), gone)).isEmpty();
        assertThat(profile(Autoscaler.none(), gone)).containsExactly(Rule.MEASUREMENTS_LOST.code());
    }

    @Test
    void shouldLetPodsUseAllOfTheirCpuOnPurpose() throws Exception {
        var gauges = Map.of("process.cpu.used", 10.0, "process.cpu.available", 10.0);
        var busy =
                after(Map.of(), List.of(), new Stats.Instance("a", "stress", "1.0", "a-1", 100, false, 0, 0, gauges));

        assertThat(busy.cpuShare())
                .as("a share that would speak against others")
                .isEqualTo(1);
        assertThat(profile(Autoscaler.none(), busy)).isEmpty();
        assertThat(balance(busy)).isEmpty();
    }

    private List<String> profile(Autoscaler autoscaler, RunHealth observed) throws IOException {
        var bus = new Bus((address, question, within) -> Future.failedFuture("nobody is there"), Credential.NONE);
        var run = TestRun.of(results, "stress");
        return reasons(new StressLoad(run, bus, Set.of("a"), autoscaler).soFar(Instant.now(), observed));
    }

    private List<String> balance(RunHealth observed) throws IOException {
        var run = TestRun.of(results, "stress", "--profile=balance");
        var load = new BalanceLoad(run, List.of("http://127.0.0.1:9"), Credential.NONE, 1);
        try {
            return reasons(load.soFar(Instant.now(), observed));
        } finally {
            load.end();
        }
    }

    private static List<String> reasons(Findings findings) {
        return findings.verdict().reasons().stream().map(Verdict.Reason::code).toList();
    }

    private static Autoscaler autoscaler() {
        return Autoscaler.of(
                "muster/stress",
                new KubeObjects(Map.of(
                        KubeObjects.SCALER,
                        "{" + KubeObjects.TARGET + ",\"status\":{\"desiredReplicas\":2}}",
                        KubeObjects.SCALED,
                        "{\"status\":{\"replicas\":2,\"readyReplicas\":2}}")));
    }

    private static RunHealth after(Map<String, Long> counters, List<String> gaps, Stats.Instance... instances) {
        return RunHealth.between(BEFORE, stats(20_000, counters, gaps, instances));
    }

    private static Stats stats(
            long epochMillis, Map<String, Long> counters, List<String> gaps, Stats.Instance... instances) {
        return new Stats(epochMillis, List.of(instances), counters, Map.of(), Map.of(), Map.of(), List.of(), gaps);
    }

    private static Stats.Instance pod(String name, String build, long restarts) {
        return new Stats.Instance(name, "stress", build, name + "-1", 100, false, restarts, 0, Map.of());
    }
}
