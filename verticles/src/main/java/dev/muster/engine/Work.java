package dev.muster.engine;

import dev.muster.measure.CpuBurn;
import dev.muster.node.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Burns CPU for all engines of the process, on threads of its own, so that no heartbeat waits for it: as many at the same
 * time as the process has processors, the others in turn. Safe to use from any thread.
 */
final class Work {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int processors;
    private final int mostWaiting;
    private final CpuBurn cpu = new CpuBurn();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder burntNanos = new LongAdder();
    private volatile boolean stopped;

    /**
     * @param processors how many orders are carried out at the same time
     * @param mostWaiting how many may be under way or wait
     */
    Work(Telemetry telemetry, int processors, int mostWaiting) {
        this.processors = processors;
        this.mostWaiting = mostWaiting;
        telemetry.gauge(EngineMetric.WORK_WAITING, waiting::get);
        telemetry.gauge(EngineMetric.WORK_CPU, () -> burntNanos.sum() / NANOS_PER_SECOND);
    }

    /** The threads, which all event loops of the process share; to be closed by each of them. */
    WorkerExecutor open(Vertx vertx) {
        return vertx.createSharedWorkerExecutor(
                "muster-engine-cpu", processors, Words.MOST_MILLIS * 2, TimeUnit.MILLISECONDS);
    }

    /** Whether one more order may wait: then {@link #perform} is to be called. */
    boolean admits() {
        if (waiting.incrementAndGet() <= mostWaiting) {
            return true;
        }
        waiting.decrementAndGet();
        return false;
    }

    /** Burns so much. Completes with the milliseconds of CPU time that were burnt: less when the process stops meanwhile. */
    Future<Long> perform(WorkerExecutor threads, long millis) {
        return threads.executeBlocking(() -> burn(millis), false).onComplete(done -> waiting.decrementAndGet());
    }

    private long burn(long millis) {
        var burnt = cpu.burn(millis * NANOS_PER_MILLI, () -> stopped);
        burntNanos.add(burnt.nanos());
        LOG.debug("event=engine.work asked_ms={} cpu_ns={} checksum={}", millis, burnt.nanos(), burnt.checksum());
        return Math.min(burnt.nanos() / NANOS_PER_MILLI, Words.MOST_MILLIS);
    }

    /** Nothing more is burnt. */
    void stop() {
        stopped = true;
    }
}
