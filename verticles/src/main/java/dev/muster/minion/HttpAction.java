package dev.muster.minion;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gets a URL over a connection of its own, and the whole answer. Done when the status is below 400; redirects are not
 * followed.
 */
final class HttpAction implements Action {
    private final Vertx vertx;
    private final HttpClient client;

    HttpAction(Vertx vertx, int connections) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(connections));
    }

    @Override
    public Future<String> perform(String spec, long timeoutMillis) {
        if (!spec.startsWith("http://") && !spec.startsWith("https://")) {
            return Future.failedFuture("the parameter must be a URL that begins with http:// or https://");
        }
        RequestOptions options;
        try {
            options = new RequestOptions().setAbsoluteURI(spec).setConnectTimeout(timeoutMillis);
        } catch (VertxException | IllegalArgumentException e) {
            return Future.failedFuture("the parameter is not a URL");
        }
        return client.request(options)
                .compose(request -> new Deadline(vertx, timeoutMillis).bound(request, exchange(request)));
    }

    private static Future<String> exchange(HttpClientRequest request) {
        return request.send().compose(HttpAction::wholeAnswer);
    }

    private static Future<String> wholeAnswer(HttpClientResponse response) {
        var bytes = new AtomicLong();
        response.handler(part -> bytes.addAndGet(part.length()));
        return response.end().compose(end -> {
            var found = "HTTP " + response.statusCode() + ", " + bytes + " bytes";
            return response.statusCode() < 400 ? Future.succeededFuture(found) : Future.failedFuture(found);
        });
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
