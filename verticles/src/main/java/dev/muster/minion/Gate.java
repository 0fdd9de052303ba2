package dev.muster.minion;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/** Lets so many jobs run at the same time; the others wait in the order in which they came. For the event loop. */
final class Gate {
    private final Queue<Supplier<Future<?>>> waiting = new ArrayDeque<>();
    private int free;
    private boolean opening;

    Gate(int places) {
        this.free = places;
    }

    /** Starts the job when there is a place. Its place is free again when its future completes. */
    void enter(Supplier<Future<?>> job) {
        waiting.add(job);
        open();
    }

    /** A job may end before it returns: the loop below then goes on, instead of a call within a call. */
    private void open() {
        if (opening) {
            return;
        }
        opening = true;
        while (free > 0 && !waiting.isEmpty()) {
            free--;
            waiting.remove().get().onComplete(ended -> {
                free++;
                open();
            });
        }
        opening = false;
    }
}
