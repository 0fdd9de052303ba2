package dev.muster.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.launcher.LauncherProcess;
import dev.muster.measure.Counters;
import dev.muster.measure.HealthCounter;
import dev.muster.measure.Rule;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import dev.muster.node.NodeMetrics;
import dev.muster.node.RunHealth;
import dev.muster.node.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the verdict that need several processes on one bus: each is made true, and is not raised before that. */
class VerdictIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BUILD = "dev/muster/launcher/build.properties";

    @TempDir
    private Path folder;

    private int port;
    private LauncherProcess collector;
    private ClusterMember member;
    private Vertx vertx;

    @BeforeEach
    void listen() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        collector = start(List.of(), "collector-0", "--role=collector");
        collector.awaitEndpoint("management");
        var settings = new ClusterSettings(
                new Membership.Tcp(List.of("127.0.0.1:" + port)), InetAddress.getLoopbackAddress(), port);
        member = ClusterMember.join(
                settings,
                HazelcastConfig.of(settings, "test", "1", BusCodecs.PROTOCOL),
                new Counters<>(HealthCounter.class),
                lost -> {});
        vertx = member.vertx(NodeMetrics.create(new Telemetry()), new VertxOptions());
        BusCodecs.register(vertx.eventBus());
    }

    @AfterEach
    void end() {
        vertx.close().await();
        member.leave();
        collector.close();
    }

    @Test
    void shouldNotBelieveARunInWhichAProcessWasKilledAndCameBack() throws Exception {
        Stats before;
        try (var first = minion(List.of())) {
            before = awaitHeard("minion-0");
            awaitNextSnapshots();
            assertThat(rules(before)).doesNotContain(Rule.PROCESS_RESTARTED);

            first.kill().awaitExit();
        }
        try (var again = minion(List.of())) {
            again.awaitEndpoint("management");

            await("the restart is noticed").atMost(PATIENCE).untilAsserted(() -> assertThat(rules(before))
                    .contains(Rule.PROCESS_RESTARTED));
        }
    }

    @Test
    void shouldNotBelieveARunOfTwoBuildsNorOneThatAProcessDidNotSurvive() throws Exception {
        var before = awaitHeard("collector-0");
        awaitNextSnapshots();
        assertThat(rules(before)).doesNotContain(Rule.BUILDS_MIXED, Rule.MEASUREMENTS_LOST);

        try (var other = minion(List.of("-Xbootclasspath/a:" + anotherBuild()))) {
            awaitHeard("minion-0");

            assertThat(rules(before)).contains(Rule.BUILDS_MIXED);
            other.kill().awaitExit();
        }
        await("silence is noticed").atMost(PATIENCE).untilAsserted(() -> assertThat(rules(before))
                .contains(Rule.MEASUREMENTS_LOST));
    }

    /** A folder whose classes come first, with another build's name. */
    private Path anotherBuild() throws IOException {
        try (var jar = new JarFile(System.getProperty("muster.launcher.jar"));
                var ours = jar.getInputStream(jar.getEntry(BUILD))) {
            var text = new String(ours.readAllBytes(), StandardCharsets.ISO_8859_1);
            var file = folder.resolve(BUILD);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.replaceFirst("(?m)^version=.*$", "version=0.0.0-another"));
            return folder;
        }
    }

    private LauncherProcess minion(List<String> jvmOptions) throws IOException {
        return start(
                jvmOptions, "minion-0", "--role=minion", "--minion-hold", "--minion-master-url=http://127.0.0.1:9");
    }

    private LauncherProcess start(List<String> jvmOptions, String pod, String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--management-port=0", "--cluster=tcp:127.0.0.1:" + port, "--cluster-port=" + port));
        return LauncherProcess.start(jvmOptions, Map.of("POD_NAME", pod), all.toArray(String[]::new));
    }

    private Stats awaitHeard(String instance) {
        return await(instance)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(this::stats, stats -> stats.instances().stream()
                        .anyMatch(one -> one.name().equals(instance) && !one.silent()));
    }

    /** Until every process has told of itself from now on. */
    private void awaitNextSnapshots() {
        long from = stats().epochMillis();
        await("snapshots").atMost(PATIENCE).until(this::stats, stats -> stats.instances().stream()
                .allMatch(one -> stats.epochMillis() - one.silentMillis() > from));
    }

    private List<Rule> rules(Stats before) {
        var evidence = RunHealth.between(before, stats()).evidence(Summary.none(Unit.MILLISECONDS), 0, true);
        var codes = Verdict.of(EnumSet.allOf(Rule.class), evidence).reasons().stream()
                .map(Verdict.Reason::code)
                .toList();
        return EnumSet.allOf(Rule.class).stream()
                .filter(rule -> codes.contains(rule.code()))
                .toList();
    }

    private Stats stats() {
        return vertx.eventBus()
                .<Stats>request(Addresses.STATS, new StatsQuery(false, true))
                .await()
                .body();
    }
}
