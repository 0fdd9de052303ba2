package dev.muster.informer;

import dev.muster.kube.ApiClient;
import dev.muster.kube.Reflector;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Looks for a few texts in the bytes of the events, on the event loop that reads them. */
final class RawFeed implements Feed {
    private final Reflector reflector;

    RawFeed(Vertx vertx, ApiClient client, Reflector.Settings settings, Reflector.Listener listener) {
        this.reflector = new Reflector(vertx, client, settings, listener);
    }

    @Override
    public Future<Void> start() {
        reflector.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
        reflector.stop();
        return Future.succeededFuture();
    }
}
