package dev.muster.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.FaultPlan.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("smoke")
class FaultsFileTest {
    @TempDir
    private Path folder;

    private final List<String> problems = new ArrayList<>();

    @Test
    void shouldReadFaultsOfEveryKindInTheOrderOfTheirTimes() throws IOException {
        var planned = read(
                "seed: 7",
                "context: dev",
                "kubeconfig: /tmp/config",
                "faults:",
                "  - {at: 1m, lose-node: node-2, command: power off, back-command: power on, back: 40s}",
                "  - {at: 10s, stop-process: store, children: true, back: 2s}",
                "  - {after: 500ms, delete-pods: 'app=store', namespace: muster, count: 1, grace: 0s}",
                "  - {at: 30, drain-node: node-1, back: never, within: 2m}");

        assertThat(problems).isEmpty();
        assertThat(planned.context()).isEqualTo("dev");
        assertThat(planned.kubeconfig()).isEqualTo(Path.of("/tmp/config"));
        assertThat(planned.faults())
                .extracting(PlannedFaults.Planned::fault)
                .containsExactly(
                        fault(1, 10_000, "stop-process", "store", Map.of("children", "true", "back", "2000")),
                        fault(
                                2,
                                10_500,
                                "delete-pods",
                                "app=store",
                                Map.of("namespace", "muster", "count", "1", "grace", "0")),
                        fault(3, 30_000, "drain-node", "node-1", Map.of("back", "never", "within", "120000")),
                        fault(
                                4,
                                60_000,
                                "lose-node",
                                "node-2",
                                Map.of("command", "power off", "back-command", "power on", "back", "40000")));
        assertThat(planned.faults()).extracting(PlannedFaults.Planned::line).containsExactly(6, 7, 8, 5);
    }

    private static Fault fault(int number, long at, String kind, String target, Map<String, String> more) {
        var settings = new java.util.HashMap<>(more);
        settings.put("target", target);
        settings.put("seed", String.valueOf(7 + number));
        return new Fault(number, at, kind, settings);
    }

    @Test
    void shouldDrawTimesFromTheSeedAlone() throws IOException {
        var lines = new String[] {
            "seed: 11",
            "faults:",
            "  - {at: 10s..40s, times: 5, stop-process: store}",
            "  - {after: 1s, stop-process: store}"
        };

        var first = times(read(lines));
        var second = times(read(lines));
        lines[0] = "seed: 12";
        var other = times(read(lines));

        assertThat(first).hasSize(10).isSorted().isEqualTo(second).isNotEqualTo(other);
        assertThat(first.get(0)).isBetween(10_000L, 40_000L);
        assertThat(first.stream().filter(at -> first.contains(at + 1_000))).hasSizeGreaterThanOrEqualTo(5);
    }

    private static List<Long> times(PlannedFaults planned) {
        return planned.faults().stream().map(each -> each.fault().atMillis()).toList();
    }

    @Test
    void shouldTellEverythingThatIsWrongAtOnceWithItsLine() throws IOException {
        var file = write(
                "sed: 7",
                "faults:",
                "  - {at: 10s, stop-proces: store}",
                "  - {at: soon, stop-process: store, signal: HUP, count: 2}",
                "  - {stop-process: store}",
                "  - {after: 1s, at: 2s, delete-pods: a=b, count: 0}",
                "  - {at: 40s..10s, drain-node: n, back: sometimes}",
                "  - {at: 1s, times: 3, lose-node: any, command: x}",
                "  - {at: 1s, lose-node: n, back-command: x}");

        FaultsFile.read(file.toString(), problems::add);

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        file + ":1: sed: no such key; did you mean seed?",
                        file
                                + ":3: a fault has exactly one of stop-process, delete-pods, drain-node, lose-node; did you"
                                + " mean stop-process?",
                        file + ":4: signal: must be KILL or TERM, not 'HUP'",
                        file + ":4: count: stop-process has no such key",
                        file + ":4: at: must be a duration such as 500ms, 2s, 1m or 1h, not 'soon'",
                        file
                                + ":5: a fault has either 'at: 10s', from the load's begin, or 'after: 500ms', from the fault"
                                + " before it in the file",
                        file + ":6: count: must be 1 to 10000, not 0",
                        file
                                + ":6: a fault has either 'at: 10s', from the load's begin, or 'after: 500ms', from the fault"
                                + " before it in the file",
                        file + ":7: back: must be a duration such as 500ms, 2s, 1m or 1h, not 'sometimes'",
                        file + ":7: at: the span's end must be behind its begin",
                        file + ":8: lose-node: a command loses the node that is named, and not any",
                        file + ":8: times: goes with a span, such as 'at: 10s..40s'",
                        file + ":9: lose-node: back-command needs a command");
    }

    @Test
    void shouldNameTheOptionOfAFileThatIsNotThere() {
        FaultsFile.read(folder.resolve("missing.yaml").toString(), problems::add);

        assertThat(problems).containsExactly("--faults: there is no file " + folder.resolve("missing.yaml"));
    }

    @Test
    void shouldNotTakeAFileWithoutFaults() throws IOException {
        FaultsFile.read(write("seed: 1").toString(), problems::add);

        assertThat(problems).singleElement().asString().contains("at least one fault");
    }

    private PlannedFaults read(String... lines) throws IOException {
        return FaultsFile.read(write(lines).toString(), problems::add).orElseThrow();
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("faults.yaml"), List.of(lines));
    }
}
