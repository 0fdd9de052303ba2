package dev.muster.minion;

import io.vertx.core.Future;

/** How one kind of task is done. For the event loop. */
interface Action {
    /**
     * Does it.
     *
     * @param spec the task's parameter
     * @param timeoutMillis when to give up: what is held then is let go
     * @return what was found; fails with the reason, in words for a user
     */
    Future<String> perform(String spec, long timeoutMillis);

    /** Lets go of everything, now. */
    default Future<Void> close() {
        return Future.succeededFuture();
    }
}
