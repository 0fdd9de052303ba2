package dev.muster.blocks;

import dev.muster.measure.TimerSlack;
import io.netty.util.concurrent.Future;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks of one event loop to the microsecond: Vert.x's own timers tick in milliseconds. With epoll the event loop
 * itself sleeps that precisely, so that no other thread has to wake it; without, a task is up to a millisecond late.
 */
final class LoopTimer {
    private final ContextInternal context;
    private boolean precise;

    LoopTimer(Context eventLoop) {
        this.context = (ContextInternal) eventLoop;
    }

    /**
     * Runs it on the event loop. For the event loop.
     *
     * @param nanos from now
     */
    Future<?> after(long nanos, Runnable task) {
        if (!precise) {
            precise = true;
            TimerSlack.least();
        }
        return context.nettyEventLoop().schedule(() -> context.dispatch(task), nanos, TimeUnit.NANOSECONDS);
    }
}
