package dev.muster.blocks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of the client, made anew when it is lost, and the requests that are under way on it. For one event loop. */
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final long LEAST_WAIT_MILLIS = 100;
    private static final long MOST_WAIT_MILLIS = 5_000;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final Setup setup;
    private final Worker worker;
    private final Set<Exchange> exchanges = new HashSet<>();
    private final Promise<HttpClientConnection> first = Promise.promise();
    private @Nullable HttpClientConnection connection;
    private long waitMillis = LEAST_WAIT_MILLIS;
    private int resting;
    private boolean closed;

    Line(Vertx vertx, HttpClientAgent client, Setup setup, Worker worker) {
        this.vertx = vertx;
        this.client = client;
        this.setup = setup;
        this.worker = worker;
    }

    /** Connects, as often as it takes; completes with the first connection. */
    Future<HttpClientConnection> connect() {
        if (closed) {
            return first.future();
        }
        var target = new HttpConnectOptions()
                .setHost(setup.host())
                .setPort(setup.port())
                .setSsl(setup.tls());
        client.connect(target).onSuccess(this::connected).onFailure(this::unreachable);
        return first.future();
    }

    private void connected(HttpClientConnection made) {
        worker.count(BlocksCounter.CONNECTED);
        waitMillis = LEAST_WAIT_MILLIS;
        connection = made;
        made.closeHandler(gone -> lost(made));
        first.tryComplete(made);
        pump();
    }

    private void unreachable(Throwable cause) {
        worker.count(BlocksCounter.CONNECTIONS_FAILED);
        LOG.warn(
                "event=blocks.client_unreachable host={} port={} retry_ms={} cause=\"{}\"",
                setup.host(),
                setup.port(),
                waitMillis,
                cause.getMessage());
        vertx.setTimer(waitMillis, timer -> connect());
        waitMillis = Math.min(2 * waitMillis, MOST_WAIT_MILLIS);
    }

    private void lost(HttpClientConnection gone) {
        if (connection == gone) {
            connection = null;
            if (!closed) {
                worker.count(BlocksCounter.CONNECTIONS_LOST);
                vertx.setTimer(waitMillis, timer -> connect());
            }
        }
    }

    /** Begins as many requests as there is work and room for. */
    void pump() {
        var on = connection;
        while (on != null && exchanges.size() + resting < room(on)) {
            var next = worker.next(this::ended);
            if (next == null) {
                return;
            }
            exchanges.add(next);
            next.begin(on);
        }
    }

    private long room(HttpClientConnection on) {
        return setup.http11() ? 1 : Math.min(setup.threads(), on.maxActiveStreams());
    }

    /** After a failure the place stays empty for a moment: a server that refuses everything is not flooded. */
    private void ended(Exchange exchange, Exchange.Outcome outcome) {
        exchanges.remove(exchange);
        if (outcome == Exchange.Outcome.FAILED) {
            resting++;
            vertx.setTimer(LEAST_WAIT_MILLIS, timer -> {
                resting--;
                pump();
            });
        } else {
            pump();
        }
        worker.checkOver();
    }

    int underWay() {
        return exchanges.size();
    }

    void cut() {
        List.copyOf(exchanges).forEach(Exchange::cut);
    }

    Future<Void> close() {
        closed = true;
        cut();
        return connection == null ? Future.succeededFuture() : connection.close();
    }
}
