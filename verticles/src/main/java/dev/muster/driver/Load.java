package dev.muster.driver;

import io.vertx.core.Future;

/** What decides when an operation begins. For the driver's event loop. */
interface Load {
    /** Begins, or goes on after it was held; nothing happens when it is under way. */
    void start();

    /** Lets nothing more begin. Completes when nothing is under way any more; what waited to be sent is dropped. */
    Future<Void> stop();

    /** Operations whose time has come and that wait to be sent; may be read by any thread. */
    int waiting();
}
