package dev.muster.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Credential;
import dev.muster.bus.Failure;
import dev.muster.bus.StressAccepted;
import dev.muster.bus.StressOrder;
import dev.muster.measure.CpuBurn;
import dev.muster.node.Identity;
import dev.muster.testing.TestNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Burners that die, and those for which there is no memory. */
class JobsTest {
    private static final Credential TOKEN = new Credential("t0ken");
    private static final Capacity CAPACITY = new Capacity(2, 0);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicInteger made = new AtomicInteger();

    /** The first one dies; there is room for two burners of memory. */
    private final Jobs jobs = new Jobs(context, "h", CAPACITY, 10, 4L * Kind.MEMORY_BYTES, kind -> {
        if (made.getAndIncrement() == 0) {
            throw new OutOfMemoryError("for a test");
        }
        return CpuBurn.NUMBERS;
    });

    @AfterEach
    void close() throws TimeoutException {
        onLoop(jobs::close);
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    private <T> T onLoop(Callable<T> what) {
        return Future.<T>future(promise -> context.runOnContext(turn -> {
                    try {
                        promise.complete(what.call());
                    } catch (Exception e) {
                        promise.fail(e);
                    }
                }))
                .await();
    }

    private double wanted() {
        return onLoop(jobs::wanted);
    }

    private void order(double cores) {
        onLoop(() -> {
            jobs.order(Kind.INT, cores);
            return cores;
        });
    }

    @Test
    void shouldTakeABurnerOutThatDiedUnderARunAndReplaceItAtTheNextOrder() {
        order(0.5);

        await().until(() -> wanted() == 0);
        order(0.5);

        assertThat(wanted()).isEqualTo(0.5);
        await().until(() -> onLoop(jobs::used).deliveredNanos() > 0);
        assertThat(made).hasValue(2);
    }

    @Test
    void shouldCountAJobAsStoppedThatDiesMeanwhile() {
        var stopped = onLoop(() -> {
            for (int i = 0; i < 3; i++) {
                jobs.start(new Demand(50, 1, 1, Kind.INT));
            }
            return jobs.stopJobs();
        });

        assertThat(stopped.await()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAnOrderForWhichThereIsNoMemoryAndGoOnWithTheOneBefore() throws Exception {
        BusCodecs.register(vertx.eventBus());
        var node = TestNode.of(new Identity("stress-x", "1", "test", "stress"), TOKEN, 0);
        var orders = new Orders(vertx, node, jobs, WhoAmI.of(System.getenv()), CAPACITY);
        onLoop(orders::listen).await(10, TimeUnit.SECONDS);
        made.incrementAndGet();
        send("int", 0.25);

        assertThatThrownBy(() -> send("memory", 2.5))
                .hasMessageContaining("more than half of the heap")
                .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.UNAVAILABLE));
        assertThat(wanted()).isEqualTo(0.25);

        send("memory", 2);
        send("memory", 1.5);
        assertThat(wanted()).as("its own burners are not in its way").isEqualTo(1.5);
    }

    private void send(String kind, double cores) throws TimeoutException {
        vertx.eventBus()
                .<StressAccepted>request(Addresses.stress("stress-x"), new StressOrder(TOKEN, "r", kind, cores, 60_000))
                .await(10, TimeUnit.SECONDS);
    }
}
