package dev.muster.console;

import dev.muster.http.Answers;
import dev.muster.http.HttpError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** How the REST interface asks over the bus and answers in JSON. */
final class Json {
    private static final CharSequence TYPE = HttpHeaders.createOptimized("application/json");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private Json() {}

    /** Ends the response with a record. */
    static void send(RoutingContext context, int status, Record answer) {
        send(context, status, Answers.encode(answer));
    }

    /** Ends the response with what is JSON already. */
    static void send(RoutingContext context, int status, String json) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .end(json);
    }

    /**
     * Asks over the bus.
     *
     * @param nobody what is wrong when nobody listens there, and how to mend it
     */
    static <T> Future<T> ask(
            Vertx vertx, String address, Object question, Class<T> answer, long timeoutMillis, HttpError nobody) {
        return vertx.eventBus()
                .request(address, question, new DeliveryOptions().setSendTimeout(timeoutMillis))
                .map(reply -> answer.cast(reply.body()))
                .recover(cause -> Future.failedFuture(isNobody(cause) ? nobody : cause));
    }

    private static boolean isNobody(Throwable cause) {
        return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }
}
