package dev.muster.engine;

import dev.muster.engine.Engine.Share;
import dev.muster.engine.Engine.Shared;
import dev.muster.node.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/**
 * Engines that connect, send heartbeats and leave before those that count, so that these don't measure how a JVM loads and
 * compiles code: what they count is in no telemetry. Its start ends when they have left. Whether they reach the broker is left to those that count.
 */
final class WarmUpVerticle extends VerticleBase {
    private static final long MILLIS = 3_000;

    private final Setup setup;

    /** @param setup of the engines that count */
    WarmUpVerticle(Setup setup, int count) {
        this.setup = setup.forWarmUp(count);
    }

    @Override
    public Future<?> start() {
        var departures = new Departures(setup.count(), (code, reason) -> {});
        var unheard = new Telemetry();
        var shared = new Shared(
                departures, new Attendance(setup.count(), () -> {}), new Work(unheard, 1, 1), System.nanoTime());
        var instruments = new Instruments(unheard, 0, setup.protocol());
        var loop = ((ContextInternal) context).nettyEventLoop();
        var fleet = new Fleet(vertx, loop, setup, new Share(0, 1), shared, instruments, () -> {});
        fleet.begin(System.nanoTime());
        var left = Promise.<Void>promise();
        vertx.timer(MILLIS, TimeUnit.MILLISECONDS)
                .eventually(fleet::close)
                .<Void>mapEmpty()
                .onComplete(left);
        return left.future();
    }
}
