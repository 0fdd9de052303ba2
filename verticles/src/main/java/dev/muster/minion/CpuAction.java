package dev.muster.minion;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Burns so many milliseconds of CPU time, as the kernel counts it for the thread. It takes longer than that where there
 * is no CPU to be had: a limit, or other work on the machine.
 */
final class CpuAction implements Action {
    private static final int STEPS_BETWEEN_LOOKS = 20_000;

    private final WorkerExecutor executor;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private volatile boolean closed;

    CpuAction(Vertx vertx, int threads) {
        this.executor = vertx.createSharedWorkerExecutor(
                "muster-minion-cpu", threads, Assignment.MOST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Future<String> perform(String spec, long timeoutMillis) {
        var millis = Millis.parse(spec);
        return millis.isPresent()
                ? executor.executeBlocking(() -> burn(millis.getAsLong(), timeoutMillis), false)
                : Future.failedFuture(Millis.RANGE);
    }

    private String burn(long millis, long timeoutMillis) throws TimeoutException {
        long enough = threads.getCurrentThreadCpuTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        var work = new SplittableRandom(millis);
        long sum = 0;
        while (threads.getCurrentThreadCpuTime() < enough) {
            if (closed || System.nanoTime() - deadline > 0) {
                throw new TimeoutException();
            }
            for (int i = 0; i < STEPS_BETWEEN_LOOKS; i++) {
                sum += work.nextLong();
            }
        }
        // The sum is shown so that no compiler leaves the work out.
        return "burnt " + millis + " ms, checksum " + Long.toHexString(sum);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return executor.close();
    }
}
