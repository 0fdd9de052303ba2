package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.muster.launcher.EveryExperiment;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.Termination;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.threshold.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("smoke")
class PlanReaderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTakeEverythingFromAScenario() throws IOException {
        var file = scenario(
                "name: nightly",
                "description: what the night brings",
                "experiment: boot",
                "boot: {minions: 250, ramp: 500ms}",
                "warm-up: 100",
                "repeat: 3",
                "timeout: 5s",
                "slo: kubernetes",
                "thresholds:",
                "  - boot.lost == 0",
                "  - boot.register.latency p99 < 250ms");

        var plan = plan(Map.of(), file);

        assertThat(parameters(plan)).contains(entry("minions", "250"), entry("ramp", "500ms"), entry("warm-up", "100"));
        assertThat(plan.run().repeat()).isEqualTo(3);
        assertThat(plan.run().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(plan.name()).isEqualTo("nightly");
        assertThat(plan.description()).isEqualTo("what the night brings");
        assertThat(plan.asked())
                .extracting(Asked::text)
                .startsWith("boot.lost == 0", "boot.register.latency p99 < 250ms")
                .hasSize(6);
        assertThat(plan.asked())
                .extracting(Asked::origin)
                .startsWith("scenario")
                .endsWith("slo kubernetes");
    }

    @Test
    void shouldTakeTheCommandLineBeforeTheScenarioBeforeTheEnvironmentBeforeTheConfiguration() throws IOException {
        var file = scenario("experiment: boot", "boot: {minions: 2, ramp: 2s}", "repeat: 2");
        var config = Files.write(
                folder.resolve("config.yaml"), List.of("minions: 4", "ramp: 4s", "warm-up: 4", "timeout: 4s"));
        var environment = Map.of(
                "MUSTER_MINIONS", "3", "MUSTER_RAMP", "3s", "MUSTER_WARM_UP", "3", "MUSTER_CONFIG", config.toString());

        var plan = plan(environment, file, "--set", "boot.minions=1");

        assertThat(parameters(plan)).contains(entry("minions", "1"), entry("ramp", "2000ms"), entry("warm-up", "3"));
        assertThat(plan.run().timeout()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void shouldSetAnyKeyOfAScenario() {
        var plan = plan(
                Map.of(),
                "boot",
                "--set=repeat=2",
                "--set=boot.ramp=1s",
                "--set=count=7",
                "--set=name=mine, and yours",
                "--set",
                "thresholds=boot.lost == 0",
                "--threshold=boot.rate > 1/s");

        assertThat(plan.run().repeat()).isEqualTo(2);
        assertThat(parameters(plan)).contains(entry("ramp", "1000ms"), entry("minions", "7"));
        assertThat(plan.name()).isEqualTo("mine, and yours");
        assertThat(plan.asked()).extracting(Asked::text).containsExactly("boot.lost == 0", "boot.rate > 1/s");
        assertThat(plan.asked()).extracting(Asked::origin).containsOnly("command line");
    }

    @Test
    void shouldAddThresholdsOfTheCommandLineToThoseOfTheScenario() throws IOException {
        var plan = plan(
                Map.of(), scenario("experiment: boot", "thresholds: boot.lost == 0"), "--threshold=boot.rejected == 0");

        assertThat(plan.asked()).extracting(Asked::text).containsExactly("boot.lost == 0", "boot.rejected == 0");
    }

    @Test
    void shouldTellEverythingThatIsWrongWithItsLine() throws IOException {
        var file = scenario(
                "experiment: boot",
                "repat: 3",
                "boot:",
                "  minions: 0",
                "  ramp: 2 fortnights",
                "  minoins: 4",
                "  ramp: 3s",
                "  repeat: 3",
                "minions: 5",
                "duration: 10s",
                "galaxies: {users: 3}",
                "count: 4",
                "timeout: [1, 2]",
                "slo: kubernets",
                "thresholds:",
                "  - boot.lots == 0",
                "  - boot.register.latency p99 < 250",
                "  - {boot.lost: 0}");

        assertThat(problems(file, "--set=boot.minion=3", "--set=experiment=boot", "--set=repeat", "--set=repeat=many"))
                .containsExactlyInAnyOrder(
                        file + ":2: repat: no such key; did you mean repeat?",
                        file + ":4: boot.minions must be 1 to 1000000, not 0",
                        file + ":5: boot.ramp: must be a duration such as 500ms, 2s, 1m or 1h, not '2 fortnights'",
                        file + ":6: boot.minoins: no such parameter; did you mean minions?",
                        file + ":7: ramp is given in line 5 already",
                        file + ":8: boot.repeat: belongs at the top of the scenario: 'repeat: ...'",
                        file + ":9: minions: belongs in the section of the experiment: 'boot: {minions: ...}'",
                        file + ":10: duration: boot has none; of these keys it has count, warm-up",
                        file + ":11: galaxies: no such key; it has boot, count, description, experiment, faults, name,"
                                + " repeat, slo, targets, thresholds, timeout, warm-up",
                        file + ":12: count: is the same as boot.minions, which is given already",
                        file + ":13: timeout: must be one value",
                        file + ":14: slo: must be one of kubernetes, not 'kubernets'; did you mean kubernetes?",
                        file + ":16: thresholds 'boot.lots == 0': boot has no metric 'boot.lots'; did you mean"
                                + " boot.lost?",
                        file + ":17: thresholds 'boot.register.latency p99 < 250': 250 needs a unit, one of ms, s, us,"
                                + " ns, m, h: write 250ms",
                        file + ":18: thresholds: must be a list of texts such as '- boot.lost == 0'",
                        "--set boot.minion: no such parameter; did you mean minions?",
                        "--set experiment: can't be set: name the experiment, or its scenario, behind run",
                        "--set repeat: must be KEY=VALUE, such as --set repeat=3",
                        "--set repeat: must be a whole number, not 'many'");
    }

    @Test
    void shouldCheckTheRestWhenTheExperimentIsMisspelt() throws IOException {
        var file = scenario("experiment: boat", "boot: {minoins: 3}", "thresholds: [boot.lots == 0]");

        assertThat(problems(file))
                .contains(
                        file + ":1: experiment: no such experiment 'boat'; did you mean boot?",
                        file + ":2: boot.minoins: no such parameter; did you mean minions?",
                        file + ":3: thresholds 'boot.lots == 0': boot has no metric 'boot.lots'; did you mean"
                                + " boot.lost?");
    }

    @Test
    void shouldTellWhatIsNoScenario() throws IOException {
        var empty = scenario("# nothing");
        assertThat(problems(empty))
                .containsExactly(empty + ": is empty; a scenario has at least a line 'experiment: boot'");

        var list = scenario("- boot");
        assertThat(problems(list)).contains(list + ":1: must be lines of 'key: value', such as 'experiment: boot'");

        var broken = scenario("experiment: boot", "boot: {minions: 3");
        assertThat(problems(broken)).singleElement().asString().contains(":3: not YAML: ");

        var nameless = scenario("repeat: 3");
        var names = String.join(", ", new Experiments(EveryExperiment.list()).names());
        assertThat(problems(nameless))
                .containsExactly(
                        nameless + ":1: names no experiment: add a line 'experiment: boot'; there are " + names);

        assertThat(problems("no-such.yaml")).containsExactly("there is no file no-such.yaml");
        assertThat(problems("bot"))
                .containsExactly("bot: no such experiment among " + names
                        + ", and no scenario: its file's name would end in .yaml; did you mean boot?");
        assertThat(problems()).singleElement().asString().startsWith("run takes one experiment");
    }

    @Test
    void shouldRefuseOnKubernetesWhatOnlyALocalRunCanDo() throws IOException {
        var faults =
                Files.write(folder.resolve("faults.yaml"), List.of("faults:", "  - {at: 1s, stop-process: store}"));

        assertThat(problems("streams", "--on=kubernetes", "--faults=" + faults))
                .containsExactly(faults + ":2: stop-process: this run starts no process 'store', and none at all:"
                        + " --on=kubernetes has delete-pods");
        assertThat(problems("blocks", "--on=kubernetes", "--duration=31s"))
                .singleElement()
                .asString()
                .startsWith("--duration must be at most 30s with --on=kubernetes");
        assertThat(problems("stress", "--on=kubernetes", "--profile=balance"))
                .singleElement()
                .asString()
                .startsWith("--url is needed with --profile=balance and --on=kubernetes");
        assertThat(problems("connections", "--on=kubernetes", "--broker=127.0.0.1:1337"))
                .containsExactly("--broker can't stand with --on=kubernetes: the broker is the one that is deployed");
    }

    @Test
    void shouldTakeAnyFileThatThereIsForAScenario() throws IOException {
        var file = Files.write(folder.resolve("scenario.txt"), List.of("experiment: boot"));

        assertThat(plan(Map.of(), file.toString()).experiment().name()).isEqualTo("boot");
    }

    @Test
    void shouldRefuseTheSameValueTwiceOnTheCommandLine() {
        assertThat(problems("boot", "--minions=3", "--set=boot.minions=3", "--set=count=4"))
                .containsExactly(
                        "--set boot.minions: is given as --minions already",
                        "--set count: is given as --minions already");
    }

    @Test
    void shouldRefuseToKeepDataThatHaveNoPlaceOrThatTheNextRepetitionWouldFind() {
        assertThat(problems("boot", "--keep-data", "--repeat=2"))
                .containsExactly(
                        "--keep-data needs the folder to keep the data in: give --data-dir",
                        "--keep-data can't stand with --repeat: each repetition begins with an empty table");
        assertThat(plan(Map.of(), "boot", "--keep-data", "--data-dir=" + folder)
                        .run()
                        .repeat())
                .isEqualTo(1);
    }

    @Test
    void shouldRefuseAFileThatCanNotBeWrittenBeforeItRuns() {
        assertThat(problems("boot", "--junit=" + folder.resolve("none/junit.xml"), "--markdown=" + folder))
                .hasSize(2)
                .allMatch(problem -> problem.endsWith("can't be written: name a file in a folder that exists"));
    }

    @Test
    void shouldPlanARunForEachTarget() throws IOException {
        var file = scenario(
                "name: storage",
                "experiment: streams",
                "streams: {streams-users: 3}",
                "repeat: 4",
                "targets:",
                "  pod: {streams-url: 'http://pod:2113'}",
                "  disk: {streams-url: 'http://disk:2113', streams-insecure: true}");

        var plans = plans(Map.of("MUSTER_STREAMS_URL", "http://else:2113"), file, "--set=repeat=2");

        assertThat(plans).extracting(Plan::target).containsExactly("pod", "disk");
        assertThat(plans).extracting(Plan::name).containsExactly("storage, pod", "storage, disk");
        assertThat(plans).extracting(plan -> plan.run().repeat()).containsExactly(2, 2);
        var parameters = plans.stream().map(PlanReaderTest::parameters).toList();
        assertThat(parameters).extracting("streams-users").containsExactly("3", "3");
        assertThat(parameters).extracting("streams-url").containsExactly("http://pod:2113", "http://disk:2113");
        assertThat(plans)
                .extracting(plan -> plan.given().flag("--streams-insecure"))
                .containsExactly(false, true);
    }

    @Test
    void shouldReadTheScenarioThatComparesStorage() {
        assertThat(plans(Map.of(), "../k8s/streams/storage.yaml"))
                .extracting(Plan::target)
                .containsExactly("pod-storage", "persistent-disk");
    }

    @Test
    void shouldTellWhatIsWrongWithTargetsOnce() throws IOException {
        var file = scenario(
                "experiment: boot",
                "boot: {minions: 3}",
                "targets:",
                "  a: {ramp: 1s, minions: 4}",
                "  b c: {ramp: 0.5, minoins: 4}");

        assertThat(problems(file, "--set=boot.ramp=3s", "--output=json"))
                .containsExactlyInAnyOrder(
                        file + ":4: boot.minions: is given for all targets already, as boot.minions",
                        file
                                + ":4: boot.ramp: tells the targets apart, and is given as --set boot.ramp for all of them",
                        file
                                + ":5: boot.ramp: tells the targets apart, and is given as --set boot.ramp for all of them",
                        file + ":5: b c: a target's name is of letters, digits, dots, dashes and underscores",
                        file + ":5: boot.minoins: no such parameter; did you mean minions?",
                        "--junit, --markdown and --output are for one run, and the scenario has targets: take each"
                                + " one's summary.json, and muster compare");
        var alone = scenario("experiment: boot", "targets:", "  a: {ramp: 1s}");
        assertThat(problems(alone))
                .containsExactly(alone + ":2: targets: must be two or more, which are compared with the first one");
    }

    private String scenario(String... lines) throws IOException {
        return Files.write(folder.resolve("my.yaml"), List.of(lines)).toString();
    }

    /** What the experiment makes of its options. */
    private static Map<String, String> parameters(Plan plan) {
        return plan.experiment().parameters(plan.options());
    }

    private static Plan plan(Map<String, String> environment, String... arguments) {
        return plans(environment, arguments).get(0);
    }

    private static List<Plan> plans(Map<String, String> environment, String... arguments) {
        var experiments = new Experiments(EveryExperiment.list());
        var invocation = new Invocation(List.of(arguments), environment, System.out, new Termination());
        return PlanReader.read(
                experiments,
                () -> new Given(experiments.groups(), Set.of(), List.of(arguments), environment),
                invocation);
    }

    private static List<String> problems(String... arguments) {
        return catchThrowableOfType(UsageException.class, () -> plan(Map.of(), arguments))
                .problems();
    }
}
