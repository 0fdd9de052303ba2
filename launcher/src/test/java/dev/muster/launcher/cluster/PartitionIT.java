package dev.muster.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.bus.Stats;
import dev.muster.launcher.LauncherProcess;
import dev.muster.measure.Rule;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import dev.muster.testing.Part;
import dev.muster.testing.TwoHosts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes of launcher.jar on two hosts that share a bus, until the cable between them is pulled. */
class PartitionIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String LEFT = "collector-0";
    private static final String RIGHT = "minion-0";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where the second minion is: members of the smaller side are those that join the others again. */
    private enum Larger {
        THE_COLLECTORS_SIDE,
        THE_OTHER_SIDE
    }

    private record Answer(int status, String body) {}

    private final List<LauncherProcess> processes = new ArrayList<>();
    private TwoHosts hosts;

    @BeforeEach
    void connect() throws Exception {
        Part.need(
                new ProcessBuilder("which", "curl").start().waitFor() == 0,
                "no curl found (Debian: apt-get install curl)");
        hosts = TwoHosts.create();
    }

    @AfterEach
    void end() {
        processes.forEach(LauncherProcess::close);
        if (hosts != null) {
            hosts.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellWhoIsCutOffAndThatTheBusWasSplitOnceItIsWhole(Larger larger) throws Exception {
        var collector = start(hosts.left(), TwoHosts.LEFT_ADDRESS, 5701, LEFT, "--role=collector");
        var minion = minion(hosts.right(), TwoHosts.RIGHT_ADDRESS, 5701, RIGHT);
        if (larger == Larger.THE_COLLECTORS_SIDE) {
            minion(hosts.left(), TwoHosts.LEFT_ADDRESS, 5702, "minion-1");
        } else {
            minion(hosts.right(), TwoHosts.RIGHT_ADDRESS, 5702, "minion-1");
        }
        awaitAll(hosts.left(), collector);
        awaitAll(hosts.right(), minion);
        var before = stats(hosts.left(), collector);
        assertThat(before.counters()).containsEntry("process.bus.merged", 0L);

        hosts.pull();

        await("the collector's side names who is silent").atMost(PATIENCE).untilAsserted(() -> {
            var now = stats(hosts.left(), collector);
            assertThat(silent(now)).contains(RIGHT).doesNotContain(LEFT);
            assertThat(splitRule(before, now)).as("nobody knows yet").isEmpty();
        });
        await("the other side has no collector").atMost(PATIENCE).untilAsserted(() -> {
            var answer = ask(hosts.right(), minion);
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("no collector on the bus", "see whether the network to it holds");
        });

        // The two sides give each other up on their own clocks, a heartbeat or two apart.
        await("both have").pollDelay(Duration.ofSeconds(5)).until(() -> true);
        hosts.plugIn();

        awaitAll(hosts.left(), collector);
        awaitAll(hosts.right(), minion);
        var back = larger == Larger.THE_COLLECTORS_SIDE ? minion : collector;
        assertThat(back.awaitLine("event=split_brain_healed"))
                .contains("WARN", "members=3", "apart=1", "INVALID (bus-split)");
        await("the verdict").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        splitRule(before, stats(hosts.right(), minion)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("joined them again: 1,")));
    }

    /** Until its /stats has heard of everyone within the last seconds. */
    private static void awaitAll(String host, LauncherProcess process) {
        await("all on " + host).atMost(PATIENCE).untilAsserted(() -> {
            var stats = stats(host, process);
            assertThat(stats.instances()).extracting(Stats.Instance::name).containsExactly(LEFT, RIGHT, "minion-1");
            assertThat(silent(stats)).isEmpty();
        });
    }

    private static List<String> silent(Stats stats) {
        return stats.instances().stream()
                .filter(Stats.Instance::silent)
                .map(Stats.Instance::name)
                .toList();
    }

    /** What the rule says of a run between these. */
    private static Optional<String> splitRule(Stats before, Stats after) {
        var evidence = RunHealth.between(before, after).evidence(Summary.none(Unit.MILLISECONDS), 0, true);
        return Rule.BUS_SPLIT.check(evidence).map(Verdict.Reason::text);
    }

    private LauncherProcess minion(String host, String address, int port, String name) throws IOException {
        return start(
                host, address, port, name, "--role=minion", "--minion-hold", "--minion-master-url=http://127.0.0.1:9");
    }

    private LauncherProcess start(String host, String address, int port, String name, String... arguments)
            throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--management-port=0",
                "--cluster-host=" + address,
                "--cluster-port=" + port,
                "--cluster=tcp:" + TwoHosts.LEFT_ADDRESS + ":5701," + TwoHosts.RIGHT_ADDRESS + ":5701"));
        var process = LauncherProcess.start(
                TwoHosts.on(host),
                List.of(),
                Map.of("POD_NAME", name, "MUSTER_ADMIN_TOKEN", "of-both"),
                all.toArray(String[]::new));
        processes.add(process);
        process.awaitEndpoint("management");
        return process;
    }

    private static Stats stats(String host, LauncherProcess process) throws Exception {
        var answer = ask(host, process);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JSON.readValue(answer.body(), Stats.class);
    }

    /** Asks it for /stats on its own host. An answer that does not come in time fails the test. */
    private static Answer ask(String host, LauncherProcess process) throws Exception {
        var command = new ArrayList<>(TwoHosts.on(host));
        command.addAll(List.of(
                "curl",
                "--silent",
                "--max-time",
                "30",
                "--header",
                "Accept: application/json",
                "--write-out",
                "\n%{http_code}",
                process.awaitEndpoint("management").resolve("/stats").toString()));
        var curl = new ProcessBuilder(command).start();
        var text = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as("curl of " + host + ": " + text).isZero();
        int end = text.lastIndexOf('\n');
        return new Answer(Integer.parseInt(text.substring(end + 1)), text.substring(0, end));
    }
}
