package dev.muster.minion;

import dev.muster.measure.CpuBurn;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Burns so many milliseconds of CPU time. */
final class CpuAction implements Action {
    private final WorkerExecutor executor;
    private final CpuBurn cpu = new CpuBurn();
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
        long enough = TimeUnit.MILLISECONDS.toNanos(millis);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        var burnt = cpu.burn(enough, () -> closed || System.nanoTime() - deadline > 0);
        if (burnt.nanos() < enough) {
            throw new TimeoutException();
        }
        return "burnt " + millis + " ms, checksum " + Long.toHexString(burnt.checksum());
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return executor.close();
    }
}
