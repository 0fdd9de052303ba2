package dev.muster.launcher.run.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Credential;
import dev.muster.bus.Failure;
import dev.muster.bus.StressOrder;
import dev.muster.launcher.run.FakePods;
import dev.muster.launcher.run.stress.Profile.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders to pods, over a real bus. */
class ConductorTest {
    private final FakePods pods = new FakePods();
    private final LoadLog log = new LoadLog(Set.of());
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Conductor conductor =
            new Conductor(pods.bus(), "r", new Profile(Shape.STEPS, 0, 1.5, 3600, 1, 1), "int", log, events::add);

    @AfterEach
    void close() throws Exception {
        pods.close();
    }

    private void conduct(int beats) {
        conductor.begin();
        await().until(() -> log.beats() >= beats);
        conductor.end();
    }

    private static double cores(List<StressOrder> orders, int from) {
        return orders.stream().skip(from).mapToDouble(StressOrder::cores).sum();
    }

    @Test
    void shouldOrderEachPodAnEqualPartAsALeaseAndEndItAtTheEnd() {
        pods.answering("a");
        pods.answering("b");

        conduct(2);

        for (var pod : List.of("a", "b")) {
            var orders = pods.ordered(pod);
            assertThat(orders).hasSizeGreaterThanOrEqualTo(3);
            assertThat(orders.get(0)).isEqualTo(new StressOrder(new Credential("t0ken"), "r", "int", 0.75, 3_000));
            assertThat(orders.get(orders.size() - 1).cores()).isZero();
        }
        assertThat(log.mostPods()).isEqualTo(2);
        assertThat(events).isEmpty();
    }

    @Test
    void shouldGiveThePartsOfPodsThatHaveGoneToTheOthers() {
        pods.answering("a");
        pods.answering("b");
        conductor.begin();
        await().until(() -> !pods.ordered("b").isEmpty());

        pods.fallSilent("b");

        await().until(() -> pods.ordered("a").stream().anyMatch(order -> order.cores() == 1.5));
        conductor.end();
    }

    @Test
    void shouldTellOnceThatAPodRefusesAndStillCountWhatItWasToBurn() {
        pods.answering("a");
        pods.refusing("b", Failure.UNAVAILABLE, "the run x loads this pod");

        conduct(3);

        assertThat(events).containsExactly("b has refused an order: the run x loads this pod");
        assertThat(pods.ordered("b")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(log.askedSeconds())
                .as("both pods' parts, for as long as it lasted")
                .isCloseTo(1.5 * log.last().orElseThrow().seconds(), within(1.5 * 1.0))
                .isGreaterThan(1.5 * 0.4);
        assertThat(log.mostPods()).isEqualTo(1);
    }

    @Test
    void shouldTellOnceThatAPodDoesNotAnswerAndGoOnWithTheOthers() {
        pods.answering("a");
        pods.mute("b");

        conduct(3);

        assertThat(events).containsExactly("b has not answered an order within 500 ms");
        assertThat(cores(pods.ordered("a"), 0)).isGreaterThan(1);
    }

    @Test
    void shouldKnowEveryPodBeforeALoadBegins() {
        pods.answering("a");
        pods.hear("silent for a while", "console,stress");

        assertThat(StressPods.await(pods.bus(), 1, Duration.ofMillis(300)))
                .containsExactlyInAnyOrder("a", "silent for a while");
    }

    @Test
    void shouldWaitUntilNoMorePodsAreHeardOf() throws Exception {
        pods.answering("a");
        var late = new Thread(() -> {
            await().pollDelay(Duration.ofMillis(400)).until(() -> true);
            pods.answering("b");
        });
        late.start();

        assertThat(StressPods.await(pods.bus(), 1, Duration.ofMillis(1_500))).containsExactlyInAnyOrder("a", "b");
        late.join();
    }

    @Test
    void shouldWaitForAsManyPodsAsWereStarted() throws Exception {
        var late = new Thread(() -> {
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            pods.answering("a");
        });
        late.start();

        assertThat(StressPods.await(pods.bus(), 1, Duration.ZERO)).containsExactly("a");
        late.join();
    }
}
