package dev.muster.engine;

import static org.awaitility.Awaitility.await;

import dev.muster.engine.Engine.Share;
import dev.muster.engine.Engine.Shared;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.node.Ending;
import dev.muster.node.Telemetry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** All engines of a test on one event loop, as the verticle runs them. */
final class RunningFleet {
    final AtomicReference<Ending.@Nullable Asked> ended = new AtomicReference<>();
    /** How often all of them were said to be registered. */
    final AtomicInteger allThere = new AtomicInteger();

    private final ContextInternal context;
    private final Instruments instruments;
    private final Fleet fleet;

    private RunningFleet(Vertx vertx, EngineOptions options) {
        var setup = Setup.of(options, Map.of());
        var telemetry = new Telemetry();
        var departures = new Departures(setup.count(), (code, reason) -> ended.set(new Ending.Asked(code, reason)));
        var shared = new Shared(
                departures,
                new Attendance(setup.count(), allThere::incrementAndGet),
                new Work(telemetry, 1, 100),
                System.nanoTime());
        context = (ContextInternal) vertx.getOrCreateContext();
        instruments = new Instruments(telemetry, setup.count(), setup.protocol());
        fleet = new Fleet(vertx, context.nettyEventLoop(), setup, new Share(0, 1), shared, instruments, () -> {});
    }

    static RunningFleet held(Vertx vertx, EngineOptions options) {
        return new RunningFleet(vertx, options);
    }

    static RunningFleet start(Vertx vertx, EngineOptions options) {
        var running = held(vertx, options);
        running.begin();
        return running;
    }

    void hold() {
        context.runOnContext(now -> fleet.hold());
    }

    void begin() {
        context.runOnContext(now -> fleet.begin(System.nanoTime()));
    }

    Summary lateness() {
        var recorded = new Distribution();
        instruments.lateness.drainTo(recorded);
        return Summary.of(Unit.NANOSECONDS, recorded);
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(20));
    }

    long count(EngineCounter counter) {
        return instruments.counters.get(counter);
    }

    double live() {
        return instruments.live();
    }

    Ending.Asked awaitEnd() {
        eventually().until(() -> ended.get() != null);
        var asked = ended.get();
        if (asked == null) {
            throw new AssertionError("it has not ended");
        }
        return asked;
    }

    void stop() throws Exception {
        var promise = Promise.<Void>promise();
        context.runOnContext(now -> fleet.close().onComplete(promise));
        promise.future().await(10, TimeUnit.SECONDS);
    }
}
