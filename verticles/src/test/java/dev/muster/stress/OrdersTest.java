package dev.muster.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.Credential;
import dev.muster.bus.Failure;
import dev.muster.bus.StressAccepted;
import dev.muster.bus.StressOrder;
import dev.muster.stress.RunningStress.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run orders over the bus. */
class OrdersTest {
    private static final long LONG = 60_000;

    private RunningStress stress;

    @BeforeEach
    void start() throws Exception {
        stress = RunningStress.start(Settings.USUAL);
    }

    @AfterEach
    void stop() throws Exception {
        stress.close();
    }

    private StressAccepted order(StressOrder order) throws TimeoutException {
        return stress.bus()
                .<StressAccepted>request(Addresses.stress(RunningStress.INSTANCE), order)
                .await(10, TimeUnit.SECONDS)
                .body();
    }

    private static StressOrder order(String run, double cores, long lease) {
        return new StressOrder(RunningStress.TOKEN, run, "int", cores, lease);
    }

    private double burning(String what) throws IOException, InterruptedException {
        return stress.json("/cpu").getJsonObject("stress").getDouble(what);
    }

    @Test
    void shouldBurnWhatIsOrderedAndFollowChanges() throws Exception {
        var accepted = order(order("r", 1.5, LONG));

        assertThat(accepted.cores()).isPositive();
        assertThat(accepted.pod()).isEqualTo(WhoAmI.of(System.getenv()).pod());
        assertThat(burning("cores")).isEqualTo(1.5);
        await().untilAsserted(() -> assertThat(burning("deliveredSeconds")).isGreaterThan(0.1));

        order(order("r", 0.25, LONG));
        assertThat(burning("cores")).isEqualTo(0.25);

        order(order("r", 0, LONG));
        assertThat(burning("cores")).isZero();
        double requested = burning("requestedSeconds");
        await().pollDelay(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(burning("requestedSeconds")).isEqualTo(requested));
        assertThat(requested).as("what ended burners burnt is kept").isGreaterThan(0.1);
    }

    @Test
    void shouldEndTheLoadWhenItsRunFallsSilent() throws Exception {
        order(order("r", 0.5, 200));
        assertThat(burning("cores")).isEqualTo(0.5);

        await().untilAsserted(() -> assertThat(burning("cores")).isZero());

        order(order("another", 0.5, LONG));
        assertThat(burning("cores")).isEqualTo(0.5);
    }

    @Test
    void shouldServeOneRunAtATime() throws Exception {
        order(order("r", 0.5, LONG));

        assertFails(order("another", 0.5, LONG), Failure.UNAVAILABLE, "the run r loads this pod");

        order(order("r", 0, LONG));
        order(order("another", 0.5, LONG));
    }

    @Test
    void shouldTakeOrdersFromWhoeverHasTheTokenAlone() {
        var order = new StressOrder(new Credential("guess"), "r", "int", 1, LONG);

        assertFails(order, Failure.FORBIDDEN, "token");
    }

    @ParameterizedTest
    @CsvSource({"disk, 1, 1000", "int, -1, 1000", "int, 257, 1000", "int, NaN, 1000", "int, 1, 99", "int, 1, 60001"})
    void shouldRefuseAnOrderThatMakesNoSense(String kind, double cores, long lease) throws Exception {
        assertFails(
                new StressOrder(RunningStress.TOKEN, "r", kind, cores, lease),
                Failure.BAD_REQUEST,
                "cores of 0 to 256");

        assertThat(burning("cores")).isZero();
    }

    private void assertFails(StressOrder order, Failure failure, String words) {
        assertThatThrownBy(() -> order(order))
                .hasMessageContaining(words)
                .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(failure));
    }
}
