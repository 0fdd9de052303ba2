package dev.muster.bench;

import dev.muster.measure.ArrivalProcess;
import dev.muster.measure.Distribution;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Pacer;
import dev.muster.measure.Recorder;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How late work begins against a schedule of so many arrivals a second, by three ways of keeping it. */
enum Pacing {
    /** {@link Pacer}: a thread that sleeps until shortly before the time and spins for the rest. */
    PACER("Muster's pacer") {
        @Override
        Distribution lateness(Vertx vertx, int perSecond, int seconds) {
            var lateness = new Recorder(HealthMetric.LATENESS);
            var arrivals = ArrivalProcess.constant(perSecond).first((long) perSecond * seconds);
            Pacer.start("pacer", arrivals, lateness, (index, intended) -> {})
                    .done()
                    .toCompletableFuture()
                    .join();
            var all = new Distribution();
            lateness.drainTo(all);
            return all;
        }
    },
    /** Vert.x's periodic timer of 1 ms, its shortest, which at each tick begins all that is due. */
    PERIODIC("Vert.x setPeriodic(1)") {
        @Override
        Distribution lateness(Vertx vertx, int perSecond, int seconds) {
            var schedule = new Schedule(perSecond, seconds);
            vertx.runOnContext(begin -> {
                schedule.start();
                vertx.setPeriodic(1, timer -> {
                    if (schedule.beginDue()) {
                        vertx.cancelTimer(timer);
                    }
                });
            });
            return schedule.lateness();
        }
    },
    /** The event loop's own scheduler, which takes nanoseconds: one task for each arrival. */
    SCHEDULER("Netty's scheduler") {
        @Override
        Distribution lateness(Vertx vertx, int perSecond, int seconds) {
            var schedule = new Schedule(perSecond, seconds);
            var loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
            var next = new Runnable() {
                @Override
                public void run() {
                    if (!schedule.beginDue()) {
                        // When it fails, the last arrival never comes, and the wait for it says so.
                        var unused = loop.schedule(this, schedule.nanosToNext(), TimeUnit.NANOSECONDS);
                    }
                }
            };
            loop.execute(() -> {
                schedule.start();
                next.run();
            });
            return schedule.lateness();
        }
    };

    private final String title;

    Pacing(String title) {
        this.title = title;
    }

    /** As the table names it. */
    String title() {
        return title;
    }

    /** How late each arrival was, in nanoseconds; blocks until the last one. */
    abstract Distribution lateness(Vertx vertx, int perSecond, int seconds);

    /** Arrivals at equal distances, begun on one event loop. */
    private static final class Schedule {
        private final long gapNanos;
        private final long count;
        private final Distribution lateness = new Distribution();
        private final CompletableFuture<Distribution> ended = new CompletableFuture<>();
        private long start;
        private long begun;

        Schedule(int perSecond, int seconds) {
            gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
            count = (long) perSecond * seconds;
        }

        void start() {
            start = System.nanoTime();
        }

        long nanosToNext() {
            return Math.max(0, start + begun * gapNanos - System.nanoTime());
        }

        /** Begins all that is due; returns whether that was the last. */
        boolean beginDue() {
            long now = System.nanoTime();
            while (begun < count && now - (start + begun * gapNanos) >= 0) {
                lateness.record(now - (start + begun * gapNanos));
                begun++;
            }
            if (begun == count) {
                ended.complete(lateness);
            }
            return begun == count;
        }

        Distribution lateness() {
            return ended.orTimeout(10L + count * gapNanos / TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS)
                    .join();
        }
    }
}
