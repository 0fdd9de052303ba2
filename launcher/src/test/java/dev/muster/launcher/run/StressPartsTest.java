package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.bus.StressAccepted;
import dev.muster.launcher.run.Autoscaler.View;
import dev.muster.launcher.run.BalanceClient.Answer;
import dev.muster.launcher.run.Profile.Shape;
import dev.muster.launcher.run.Spread.Phase;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        var log = new LoadLog();
        log.beat(0, 1, Map.of("a", pod("pod-a", 10, 9)), null);
        log.beat(1, 1, Map.of("a", pod("pod-a", 11, 9.5)), new View(2, 1, 1, 2));
        log.beat(3, 1, Map.of("a", pod("pod-a", 12, 10), "b", pod("pod-b", 0, 0)), null);
        log.beat(4, 1, Map.of("a", pod("pod-a", 12.5, 10.5), "b", pod("pod-b", 0.5, 0.25)), null);

        log.write(folder.resolve("load.csv"), folder.resolve("pods.csv"));

        assertThat(Files.readAllLines(folder.resolve("load.csv")))
                .containsExactly(
                        "seconds,asked,requested,delivered,pods,working,wanted,replicas,ready,nodes",
                        "0.000,1.0000,0.0000,0.0000,1,0,,,,",
                        "1.000,1.0000,1.0000,0.5000,1,1,2,1,1,2",
                        "3.000,1.0000,0.5000,0.2500,2,1,,,,",
                        "4.000,1.0000,1.0000,0.7500,2,2,,,,");
        assertThat(Files.readAllLines(folder.resolve("pods.csv")))
                .containsExactly(
                        "pod,node,cores,joined_s,first_work_s,requested_s,delivered_s",
                        "pod-a,node-1,0.500,0.000,1.000,2.500,1.500",
                        "pod-b,node-1,0.500,3.000,4.000,0.500,0.250");
        assertThat(log.newPodsWorked()).as("pod-a was there before").containsExactly(4.0);
    }

    private static LoadLog.Beat beat(double seconds, @Nullable View view) {
        return new LoadLog.Beat(seconds, 0, 0, 0, 0, 0, view);
    }

    @Test
    void shouldReadTheAutoscalersReactionFromWhatWasSeen() {
        var beats = List.of(
                beat(0, new View(1, 1, 1, 2)),
                beat(5, null),
                beat(10, new View(3, 1, 1, 2)),
                beat(11, new View(3, 3, 1, 2)),
                beat(15, new View(3, 3, 2, 2)),
                beat(20, new View(3, 3, 3, 3)),
                beat(61, new View(3, 3, 3, 3)),
                beat(90, new View(1, 3, 3, 3)),
                beat(91.5, new View(1, 1, 1, 3)));

        assertThat(Reaction.of(beats, 60))
                .isEqualTo(new Reaction(Optional.of(10.0), Optional.of(15.0), Optional.of(31.5), Optional.of(20.0)));
        assertThat(Reaction.of(beats.subList(0, 7), 60).down()).isEmpty();
        assertThat(Reaction.of(List.of(beat(0, null)), 60).decision()).isEmpty();
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
            assertThat(none.look()).isEmpty();
            assertThat(none.isWatched()).isFalse();
        }
    }

    @Test
    void shouldTellWhoAnsweredHowManyRequestsInEachHalf() throws IOException {
        var spread = new Spread();
        for (int i = 0; i < 3; i++) {
            spread.answered(Phase.BEFORE, new Answer(200, "a"), 1_000_000);
        }
        spread.answered(Phase.BEFORE, new Answer(200, "b"), 2_000_000);
        spread.answered(Phase.AFTER, new Answer(503, "b"), 2_000_000);
        spread.answered(Phase.AFTER, null, 2_000_000);
        spread.stressed("b");

        spread.write(folder.resolve("balance.csv"));

        assertThat(spread.failed()).isEqualTo(2);
        assertThat(BalanceLoad.evenness(spread.answers())).hasValue(1.5);
        assertThat(BalanceLoad.evenness(Map.of())).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("balance.csv")))
                .startsWith("phase,pod,stressed,requests,failed,share,p50_ms,p99_ms,max_ms")
                .anyMatch(line -> line.startsWith("before,a,false,3,0,0.7500,1.0"))
                .anyMatch(line -> line.startsWith("before,b,true,1,0,0.2500,,,2.0"))
                .contains("after,-,false,0,1,0.0000,,,", "after,b,true,0,1,0.0000,,,");
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
