package dev.muster.informer;

import io.vertx.core.Future;

/**
 * Lists the objects of a kind and watches them, and tells what it hears; which library does that is its own business. For
 * one event loop, on which its listener is told.
 */
interface Feed {
    /** Begins. Completes when it can; that the objects were listed and are watched is told to the listener. */
    Future<Void> start();

    /** Tells nothing more. */
    Future<Void> stop();
}
