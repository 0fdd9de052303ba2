package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.bus.Stats;
import dev.muster.bus.StressAccepted;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.kubernetes.KubeApi;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.run.Autoscaler.View;
import dev.muster.launcher.run.BalanceClient.Answer;
import dev.muster.launcher.run.LoadLog.Sight;
import dev.muster.launcher.run.Profile.Shape;
import dev.muster.launcher.run.Spread.Phase;
import dev.muster.node.RunHealth;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the experiment stress is made of, without any pod. */
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

    @Test
    void shouldReadTheAutoscalersReactionFromWhatWasSeen() {
        var before = new View(1, 1, 1, 2);
        var sights = List.of(
                new Sight(10, new View(3, 1, 1, 2)),
                new Sight(11, new View(3, 3, 1, 2)),
                new Sight(15, new View(3, 3, 2, 2)),
                new Sight(20, new View(3, 3, 3, 3)),
                new Sight(61, new View(3, 3, 3, 3)),
                new Sight(90, new View(1, 3, 3, 3)),
                new Sight(91.5, new View(1, 1, 1, 3)));

        assertThat(Reaction.of(before, sights, 60))
                .isEqualTo(new Reaction(Optional.of(10.0), Optional.of(15.0), Optional.of(31.5), Optional.of(20.0)));
        assertThat(Reaction.of(before, sights.subList(0, 5), 60).down()).isEmpty();
        assertThat(Reaction.of(before, List.of(), 60)).isEqualTo(Reaction.NONE);
    }

    @Test
    void shouldHoldAReactionAgainstWhatWasThereBeforeTheLoadAlone() {
        var first = new Sight(8, new View(3, 3, 3, null));

        assertThat(Reaction.of(new View(1, 1, 1, null), List.of(first), 60).decision())
                .as("the first look under load may come when all has happened")
                .hasValue(8.0);
    }

    /** Objects by their paths; any other is not there. */
    private record Objects(Map<String, String> byPath) implements KubeApi {
        private static final JsonMapper MAPPER = JsonMapper.builder().build();

        @Override
        public JsonNode get(String path) throws IOException {
            var json = byPath.get(path);
            if (json == null) {
                throw new FileNotFoundException(path);
            }
            return MAPPER.readTree(json);
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    private static final String SCALER = "/apis/autoscaling/v2/namespaces/muster/horizontalpodautoscalers/stress";
    private static final String SCALED = "/apis/apps/v1/namespaces/muster/deployments/web";
    private static final String TARGET =
            "\"spec\":{\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"web\"}}";

    @Test
    void shouldSeeTheAutoscalerWhatItScalesAndTheNodes() {
        var api = new Objects(Map.of(
                SCALER,
                "{" + TARGET + ",\"status\":{\"desiredReplicas\":5,\"currentReplicas\":2}}",
                SCALED,
                "{\"status\":{\"replicas\":4,\"readyReplicas\":3}}",
                "/api/v1/nodes",
                """
                        {"items":[
                         {"status":{"conditions":[{"type":"DiskPressure","status":"False"},{"type":"Ready","status":"True"}]}},
                         {"status":{"conditions":[{"type":"Ready","status":"Unknown"}]}}]}
                        """));

        try (var autoscaler = Autoscaler.of("muster/stress", api)) {
            assertThat(autoscaler.look()).hasValue(new View(5, 4, 3, 1));
        }
    }

    @Test
    void shouldTakeAnAutoscalerThatHasNotDecidedYetForContentAndDoWithoutNodes() {
        var api = new Objects(Map.of(
                SCALER,
                "{" + TARGET + ",\"status\":{\"desiredReplicas\":0}}",
                SCALED,
                "{\"status\":{\"replicas\":2}}"));

        try (var autoscaler = Autoscaler.of("muster/stress", api)) {
            assertThat(autoscaler.look()).hasValue(new View(2, 2, 0, null));
        }
    }

    @Test
    void shouldSeeNothingWithoutAnAnswerOrWithoutAName() {
        var nothing = new Objects(Map.of());

        try (var autoscaler = Autoscaler.of("muster/stress", nothing);
                var none = Autoscaler.none()) {
            assertThat(autoscaler.look()).isEmpty();
            assertThatThrownBy(autoscaler::before)
                    .isInstanceOf(StartException.class)
                    .hasMessageContainingAll("--hpa=muster/stress can't be seen", "get it");
            assertThat(none.before()).isEmpty();
            assertThat(none.look()).isEmpty();
            assertThat(none.isWatched()).isFalse();
        }
    }

    @Test
    void shouldStampWhatItSeesWithTheTimeOfTheAnswer() {
        var clock = new AtomicInteger();
        KubeApi slow = new KubeApi() {
            @Override
            public JsonNode get(String path) throws IOException {
                clock.incrementAndGet();
                return new Objects(Map.of(
                                SCALER,
                                "{" + TARGET + ",\"status\":{\"desiredReplicas\":5}}",
                                SCALED,
                                "{\"status\":{\"replicas\":4}}",
                                "/api/v1/nodes",
                                "{}"))
                        .get(path);
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
        var log = new LoadLog(Set.of());

        try (var lookout = new Lookout(Autoscaler.of("muster/stress", slow), log, clock::get)) {
            lookout.begin();
            await().until(() -> !log.sights().isEmpty());
        }

        assertThat(log.sights().get(0).seconds())
                .as("an answer takes three requests")
                .isEqualTo(3.0);
    }

    @Test
    void shouldTellWhoAnsweredHowManyRequestsInEachHalf() throws IOException {
        var spread = new Spread();
        for (int i = 0; i < 3; i++) {
            spread.answered(Phase.BEFORE, new Answer(200, "a"), 1_000_000);
        }
        spread.answered(Phase.BEFORE, new Answer(200, "b"), 2_000_000);
        spread.answered(Phase.AFTER, new Answer(503, "b"), 2_000_000);
        spread.answered(Phase.AFTER, new Answer(200, ""), 2_000_000);
        spread.answered(Phase.AFTER, null, 2_000_000);
        assertThat(spread.stressed(new Answer(202, "b"))).isTrue();

        spread.write(folder.resolve("balance.csv"));

        assertThat(spread.failed()).isEqualTo(3);
        assertThat(spread.answers()).isEqualTo(Map.of("a", 3L, "b", 1L));
        assertThat(Files.readAllLines(folder.resolve("balance.csv")))
                .startsWith("phase,pod,stressed,requests,failed,share,p50_ms,p99_ms,max_ms")
                .anyMatch(line -> line.startsWith("before,a,false,3,0,0.7500,1.0"))
                .anyMatch(line -> line.startsWith("before,b,true,1,0,0.2500,,,2.0"))
                .contains("after,-,false,0,2,0.0000,,,", "after,b,true,0,1,0.0000,,,");
    }

    @Test
    void shouldMeasureTheSpreadOverThePodsThatThereAreNotOverThoseThatAnswered() {
        assertThat(BalanceLoad.evenness(Map.of("a", 120L), 4)).hasValue(4.0);
        assertThat(BalanceLoad.evenness(Map.of("a", 3L, "b", 1L), 2)).hasValue(1.5);
        assertThat(BalanceLoad.evenness(Map.of("a", 1L, "new", 1L), 1))
                .as("more have come")
                .hasValue(1.0);
        assertThat(BalanceLoad.evenness(Map.of(), 2)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"202, a, true", "403, a, false", "503, a, false", "200, a, false", "202, '', false"})
    void shouldKnowWhetherAPodHasTakenTheLoad(int status, String pod, boolean taken) {
        var spread = new Spread();

        assertThat(spread.stressed(new Answer(status, pod))).isEqualTo(taken);
        assertThat(spread.isStressed()).isEqualTo(taken);
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

    @ParameterizedTest
    @CsvSource({
        "http://stress:8080, true",
        "http://10.0.0.1, true",
        "http://[::1]:8080/, true",
        "https://stress, false",
        "stress:8080, false",
        "http://stress/x, false"
    })
    void shouldTakeTheUrlOfAService(String url, boolean good) {
        assertThat(BalanceClient.isUrl(url)).isEqualTo(good);
    }
}
