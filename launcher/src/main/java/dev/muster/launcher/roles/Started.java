package dev.muster.launcher.roles;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process has started, to be stopped once, in reverse order and within a bounded time. Safe to use from any
 * thread: a signal may arrive while the process still starts.
 */
final class Started {
    private static final Logger LOG = LoggerFactory.getLogger(Started.class);

    private final Deque<Part> parts = new ArrayDeque<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean stopping;
    private volatile boolean clean = true;

    private record Part(String name, Stop stop) {}

    /** Stops one part and returns when it has stopped; blocks. */
    interface Stop {
        void stop() throws Exception;
    }

    /**
     * Something was started.
     *
     * @throws CancellationException when all is being stopped already; the new part was stopped too
     */
    void add(String name, Stop stop) {
        var part = new Part(name, stop);
        synchronized (this) {
            if (!stopping) {
                parts.push(part);
                return;
            }
        }
        stop(part);
        throw new CancellationException("stopped while " + name + " started");
    }

    /**
     * Stops everything, and waits for it. A second call waits for the first one.
     *
     * @return whether every part stopped cleanly within the time
     */
    boolean stop(Duration within) {
        if (first()) {
            var thread = new Thread(this::stopAll, "stop");
            thread.setDaemon(true);
            thread.start();
        }
        try {
            if (stopped.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
                return clean;
            }
            LOG.error("event=stop_timeout seconds={}", within.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Whether all is being stopped. */
    synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized boolean first() {
        boolean first = !stopping;
        stopping = true;
        return first;
    }

    private void stopAll() {
        for (var part = next(); part != null; part = next()) {
            stop(part);
        }
        stopped.countDown();
    }

    private synchronized @Nullable Part next() {
        return parts.poll();
    }

    private void stop(Part part) {
        try {
            part.stop().stop();
            LOG.debug("event=stopped part={}", part.name());
        } catch (Exception e) {
            clean = false;
            LOG.warn("event=stop_failed part={}", part.name(), e);
        }
    }
}
