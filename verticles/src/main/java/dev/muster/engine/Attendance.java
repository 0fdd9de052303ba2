package dev.muster.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** How many engines of a process are registered now. Safe to use from any thread. */
final class Attendance {
    private final int engines;
    private final Runnable allThere;
    private final AtomicInteger present = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param allThere called when all of them are registered at the same time, for the first time */
    Attendance(int engines, Runnable allThere) {
        this.engines = engines;
        this.allThere = allThere;
    }

    /** An engine is registered. */
    void came() {
        if (present.incrementAndGet() == engines && told.compareAndSet(false, true)) {
            allThere.run();
        }
    }

    /** It is no more: its connection is lost, or it leaves. */
    void went() {
        present.decrementAndGet();
    }
}
