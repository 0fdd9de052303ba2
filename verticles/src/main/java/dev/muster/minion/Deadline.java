package dev.muster.minion;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import java.util.concurrent.TimeoutException;

/**
 * Ends a request whose answer is not complete in time, however steadily it trickles in: the client's own time-outs begin
 * anew with every byte.
 */
record Deadline(Vertx vertx, long millis) {
    /** Resets the request, which fails the exchange with a {@link TimeoutException}, unless it ends in time. */
    <T> Future<T> bound(HttpClientRequest request, Future<T> exchange) {
        var late = new TimeoutException("no answer within " + millis + " ms");
        long timer = vertx.setTimer(millis, id -> request.reset(0, late));
        return exchange.onComplete(ended -> vertx.cancelTimer(timer));
    }
}
