package dev.muster.faults;

import io.vertx.core.Future;
import java.time.Duration;

/** Does one fault. For one event loop. */
interface Deed {
    /**
     * Does it.
     *
     * @param begin to be called just before it is done
     * @return completes when all of it is over, what was to be undone included, with what was done, for people
     */
    Future<String> run(Runnable begin);

    /** How a deed waits, without holding a thread. */
    interface Pause {
        /** Waits so long. */
        Future<Void> tick(Duration time);

        /** Waits so long, or until everything is to be undone at once. */
        Future<Void> rest(Duration time);

        /** Whether everything is to be undone at once. */
        boolean isOver();
    }
}
