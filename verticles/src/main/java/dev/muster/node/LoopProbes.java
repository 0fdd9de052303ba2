package dev.muster.node;

import dev.muster.measure.HealthMetric;
import dev.muster.measure.Recorder;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A small periodic timer on each event loop, whose lateness is how long the loop was busy with something else. The
 * timer's own resolution, up to 1 ms, is in it. Ticks that a busy loop missed are run and recorded late, each against
 * its own time, so that a long delay weighs as much as it should.
 */
final class LoopProbes implements AutoCloseable {
    private final List<Future<?>> timers = new ArrayList<>();

    /** @param period of each timer: a shorter delay may fall between two ticks and is then not seen */
    LoopProbes(Vertx vertx, Telemetry telemetry, Duration period) {
        for (var loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            timers.add(probe(loop, telemetry.recorder(HealthMetric.LOOP_DELAY), period.toNanos()));
        }
    }

    private static Future<?> probe(EventExecutor loop, Recorder delay, long periodNanos) {
        var tick = new Runnable() {
            private long due = System.nanoTime() + periodNanos;

            @Override
            public void run() {
                delay.record(System.nanoTime() - due);
                due += periodNanos;
            }
        };
        return loop.scheduleAtFixedRate(tick, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timers.forEach(timer -> timer.cancel(false));
    }
}
