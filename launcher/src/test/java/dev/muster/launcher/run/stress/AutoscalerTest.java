package dev.muster.launcher.run.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.kubernetes.KubeApi;
import dev.muster.launcher.run.stress.Autoscaler.View;
import dev.muster.launcher.run.stress.LoadLog.Sight;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is seen of an autoscaler under load, without any cluster. */
class AutoscalerTest {
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

    @Test
    void shouldSeeTheAutoscalerWhatItScalesAndTheNodes() {
        var api = new KubeObjects(Map.of(
                KubeObjects.SCALER,
                "{" + KubeObjects.TARGET + ",\"status\":{\"desiredReplicas\":5,\"currentReplicas\":2}}",
                KubeObjects.SCALED,
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
        var api = new KubeObjects(Map.of(
                KubeObjects.SCALER,
                "{" + KubeObjects.TARGET + ",\"status\":{\"desiredReplicas\":0}}",
                KubeObjects.SCALED,
                "{\"status\":{\"replicas\":2}}"));

        try (var autoscaler = Autoscaler.of("muster/stress", api)) {
            assertThat(autoscaler.look()).hasValue(new View(2, 2, 0, null));
        }
    }

    @Test
    void shouldSeeNothingWithoutAnAnswerOrWithoutAName() {
        var nothing = new KubeObjects(Map.of());

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
                return new KubeObjects(Map.of(
                                KubeObjects.SCALER,
                                "{" + KubeObjects.TARGET + ",\"status\":{\"desiredReplicas\":5}}",
                                KubeObjects.SCALED,
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
}
