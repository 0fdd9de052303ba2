package dev.muster.minion;

import dev.muster.measure.ArrivalProcess;
import dev.muster.measure.Pacer;
import dev.muster.measure.Recorder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the minions begin, one after another, at the instants of an arrival process. The pacer's thread writes each
 * instant into the fleet and then raises {@code reached}; the event loop takes over all that is new at once, so a burst
 * of beginnings costs it one wake-up.
 */
final class Beginnings {
    private final Fleet fleet;
    private final ArrivalProcess process;
    private final Recorder lateness;
    private final Context eventLoop;
    private final IntConsumer begin;
    private final AtomicInteger reached = new AtomicInteger();
    private final AtomicBoolean woken = new AtomicBoolean();
    private int begun;
    private @Nullable Pacer pacer;

    /**
     * @param process has one arrival for each minion, at least
     * @param lateness takes how late each minion began, in nanoseconds
     * @param begin is told of each minion, on the event loop
     */
    Beginnings(Fleet fleet, ArrivalProcess process, Recorder lateness, Context eventLoop, IntConsumer begin) {
        this.fleet = fleet;
        this.process = process;
        this.lateness = lateness;
        this.eventLoop = eventLoop;
        this.begin = begin;
    }

    /** Lets those begin who have not yet, on the schedule from its start. Nothing happens when it is under way. */
    void start() {
        int from = reached.get();
        if (pacer == null && from < fleet.size()) {
            var rest = process.first(fleet.size() - from);
            pacer = Pacer.start("muster-minion-pacer", rest, lateness, this::reach);
        }
    }

    /** No more minions begin, until the next start. Completes when it is so. */
    Future<Void> stop() {
        var running = pacer;
        if (running == null) {
            return Future.succeededFuture();
        }
        running.stop();
        return Future.fromCompletionStage(running.done(), eventLoop)
                .onComplete(ended -> pacer = null)
                .mapEmpty();
    }

    /** On the pacer's thread, which is the only one to raise the number. */
    private void reach(long index, long intendedNanos) {
        int minion = reached.get();
        fleet.intend(minion, intendedNanos);
        reached.set(minion + 1);
        if (woken.compareAndSet(false, true)) {
            eventLoop.runOnContext(now -> takeOver());
        }
    }

    private void takeOver() {
        // First, so that a minion that is reached from here on wakes the event loop again.
        woken.set(false);
        int end = reached.get();
        while (begun < end) {
            begin.accept(begun++);
        }
    }
}
