package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.testing.Readings;
import dev.muster.testing.TestNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClient;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A load from its begin to its end, with a store that hangs. */
class ConductorTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Context other = ((ContextInternal) context).owner().createEventLoopContext();
    private final Node node = TestNode.of(new Identity("streams-x", "1", "test", "streams"));
    private final Instruments instruments = new Instruments(node.telemetry());
    private final Readings readings = new Readings(node.telemetry());

    @SuppressWarnings("NullAway.Init") // before each test
    private ScriptedStore store;

    @BeforeEach
    void start() throws Exception {
        store = new ScriptedStore();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
        store.close();
    }

    private Conductor conductor(int users, double rate, long seconds, long graceMillis) {
        var setup = new Setup(
                URI.create(store.url()),
                users,
                rate,
                TimeUnit.SECONDS.toNanos(seconds),
                10,
                1,
                100,
                TimeUnit.SECONDS.toNanos(60),
                null,
                null,
                false);
        var client = vertx.createNetClient();
        var load = new Load(setup, 2);
        load.add(new Load.Share(context, users(setup, (users + 1) / 2, client, load, instruments)));
        load.add(new Load.Share(other, users(setup, users / 2, client, load, new Instruments(node.telemetry()))));
        return new Conductor(vertx, setup, client, load, node, graceMillis);
    }

    private Users users(Setup setup, int count, NetClient client, Load load, Instruments instruments) {
        return new Users(vertx, setup, count, client, instruments, load.due(), load.overall());
    }

    private void tell(Supplier<Future<Void>> what) throws Exception {
        var told = Promise.<Void>promise();
        context.runOnContext(turn -> what.get().onComplete(told));
        told.future().await(30, TimeUnit.SECONDS);
    }

    private void awaitEnd() {
        await().atMost(30, TimeUnit.SECONDS).until(() -> readings.count(StreamsCounter.DONE) == 1);
    }

    @Test
    void shouldMakeEveryIterationOfTheScheduleAndBeDone() throws Exception {
        var conductor = conductor(5, 20, 1, 30_000);
        tell(conductor::begin);

        awaitEnd();

        assertThat(readings.count(StreamsCounter.ITERATIONS)).isEqualTo(20);
        assertThat(readings.count(StreamsCounter.UNSENT)).isZero();
        assertThat(readings.count(StreamsCounter.INTERRUPTED)).isZero();
        assertThat(readings.count(StreamsCounter.READ_BACK)).isEqualTo(200);
    }

    @Test
    void shouldCountWhatHangsWhenTheGraceIsOver() throws Exception {
        var conductor = conductor(4, 0, 3, 300);
        tell(conductor::begin);
        await().until(() -> store.requests() > 10);
        var hanging = new AtomicInteger();
        store.trick(request -> hanging.incrementAndGet() <= 4);

        awaitEnd();

        assertThat(readings.count(StreamsCounter.INTERRUPTED))
                .as("every user's iteration")
                .isEqualTo(4);
        assertThat(readings.count(StreamsCounter.CHECKS_FAILED)).isZero();
        assertThat(readings.count(StreamsCounter.LOST)).isZero();
        assertThat(readings.count(StreamsCounter.REQUESTS) - readings.count(StreamsCounter.CHECKS_PASSED))
                .as("requests of which nobody knows how they would have ended")
                .isEqualTo(4);
    }

    @Test
    void shouldSayWhatBecameOfEveryIterationThatWasPlannedWhenItIsStopped() throws Exception {
        var conductor = conductor(3, 100, 3600, 30_000);
        tell(conductor::begin);
        await().until(() -> readings.count(StreamsCounter.ITERATIONS) > 5);
        var hanging = new AtomicInteger();
        store.trick(request -> hanging.incrementAndGet() <= 3);
        await().until(() -> hanging.get() >= 3);

        tell(conductor::endNow);
        awaitEnd();

        assertThat(readings.count(StreamsCounter.INTERRUPTED)).isEqualTo(3);
        assertThat(readings.count(StreamsCounter.ITERATIONS)
                        + readings.count(StreamsCounter.INTERRUPTED)
                        + readings.count(StreamsCounter.UNSENT))
                .isEqualTo(360_000);
    }

    @Test
    void shouldBeginOnceAndNotAtAllAgainstWhatIsNoStore() throws Exception {
        store.trick(request -> {
            request.response().setStatusCode(405).end();
            return true;
        });
        var conductor = conductor(1, 0, 1, 30_000);

        assertThatThrownBy(() -> tell(conductor::begin)).hasMessageContaining("is no event store");
        store.trick(request -> false);
        tell(conductor::begin);
        tell(conductor::begin);
        awaitEnd();

        assertThat(readings.count(StreamsCounter.ITERATIONS)).isPositive();
        assertThat(readings.count(StreamsCounter.DONE)).isEqualTo(1);
    }

    /** A user on each of two event loops, and one of them hangs: nothing waits for that one. */
    @Test
    void shouldGiveWhatIsDueToWhoeverIsFreeOnAnyEventLoop() throws Exception {
        var hanging = new AtomicBoolean();
        var conductor = conductor(2, 20, 1, 5_000);
        tell(conductor::begin);
        store.trick(request -> hanging.compareAndSet(false, true));

        await().until(() -> readings.count(StreamsCounter.ITERATIONS) == 19);
        awaitEnd();

        assertThat(readings.count(StreamsCounter.INTERRUPTED)).isEqualTo(1);
        assertThat(readings.count(StreamsCounter.UNSENT)).isZero();
    }
}
