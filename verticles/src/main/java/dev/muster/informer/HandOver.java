package dev.muster.informer;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Brings what other threads have to say to an event loop, in its order, many at a time. Safe to use from any thread. */
final class HandOver {
    private final Context eventLoop;
    private final Queue<Runnable> told = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    HandOver(Context eventLoop) {
        this.eventLoop = eventLoop;
    }

    void tell(Runnable news) {
        told.add(news);
        if (woken.compareAndSet(false, true)) {
            eventLoop.runOnContext(turn -> takeOver());
        }
    }

    private void takeOver() {
        woken.set(false);
        for (var news = told.poll(); news != null; news = told.poll()) {
            news.run();
        }
    }
}
