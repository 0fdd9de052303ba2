package dev.muster.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever fails a request into the one form of an error: one plain line, or {@code {"error","fix"}}. */
public final class HttpErrors {
    private static final Logger LOG = LoggerFactory.getLogger(HttpErrors.class);

    /** So long the rest of a body that is too large is read and dropped, for the client to see the answer. */
    private static final long LINGER_MILLIS = 1_000;

    private record Body(String error, String fix) {}

    private HttpErrors() {}

    /** Makes the router answer every failure, unknown path and wrong method in the one form. */
    public static void install(Router router) {
        router.route().failureHandler(HttpErrors::answer);
        for (int status : new int[] {404, 405, 406, 413, 415}) {
            router.errorHandler(status, HttpErrors::answer);
        }
    }

    private static void answer(RoutingContext context) {
        if (context.response().headWritten()) {
            // Half an answer is out already: only a broken connection tells the client that the rest is missing.
            LOG.warn("event=answer_cut path={} cause=\"{}\"", context.request().path(), context.failure());
            context.request().connection().close();
            return;
        }
        send(context, errorOf(context));
    }

    private static HttpError errorOf(RoutingContext context) {
        var failure = context.failure();
        if (failure instanceof HttpError error) {
            return error;
        }
        int status = context.statusCode();
        if (status >= 400 && status != 500) {
            var path = context.normalizedPath();
            return switch (status) {
                case 404 -> new HttpError(404, "no such path: " + path, "");
                case 405 -> new HttpError(405, "no " + context.request().method() + " on " + path, "");
                case 413 ->
                    new HttpError(413, "the body is too large", "send at most " + HttpServers.MAX_BODY + " bytes");
                default ->
                    new HttpError(status, HttpResponseStatus.valueOf(status).reasonPhrase(), "");
            };
        }
        if (failure == null) {
            return new HttpError(500, "internal error", "see the log of this process");
        }
        var error = HttpError.of(failure);
        if (error.status() == 500) {
            LOG.error("event=request_failed path={}", context.request().path(), failure);
        }
        return error;
    }

    private static void send(RoutingContext context, HttpError error) {
        var response = context.response().setStatusCode(error.status());
        if (error.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(HttpError.RETRY_AFTER_SECONDS));
        }
        if (error.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (error.status() == 413) {
            context.vertx().setTimer(LINGER_MILLIS, timer -> context.request()
                    .connection()
                    .close());
        }
        var line = error.fix().isEmpty() ? error.error() : error.error() + "; " + error.fix();
        Answers.send(context, line, () -> new Body(error.error(), error.fix()));
    }
}
