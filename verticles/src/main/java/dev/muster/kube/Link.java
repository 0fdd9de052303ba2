package dev.muster.kube;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection to an API server, which is made when it is first wanted and made again after it was lost: at once the
 * first time, and then after waits that double up to a second. One state machine owns every transition. For one event
 * loop.
 */
final class Link {
    private static final long FIRST_WAIT_MILLIS = 50;
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final HttpConnectOptions where;
    private final Consumer<LinkEvent> listener;
    private State state = new Down(0);
    private boolean everUp;

    /** Where the connection is in its life. */
    private sealed interface State {}

    /** There is none, after so many tries in a row that failed. */
    private record Down(int failures) implements State {}

    /** One is being made, and these wait for it. */
    private record Connecting(int failures, Promise<Up> made) implements State {}

    /** There is one, which says by itself when it ends. */
    static final class Up implements State {
        private final HttpClientConnection connection;
        private int streams;
        private int lastSeen = Integer.MAX_VALUE;

        private Up(HttpClientConnection connection) {
            this.connection = connection;
        }

        HttpClientConnection connection() {
            return connection;
        }

        /** Whether the server lets one more stream be opened. */
        boolean hasRoom() {
            return streams < connection.maxActiveStreams();
        }

        void opened() {
            streams++;
        }

        /** The last stream at which the server says, in a GOAWAY, that it has looked; the largest number before that. */
        int lastSeen() {
            return lastSeen;
        }

        void closed() {
            streams--;
        }
    }

    /** Nothing more is to be sent. */
    private record Closed() implements State {}

    Link(Vertx vertx, HttpClientAgent client, HttpConnectOptions where, Consumer<LinkEvent> listener) {
        this.vertx = vertx;
        this.client = client;
        this.where = where;
        this.listener = listener;
    }

    /** How many streams are open; more than any other's when there is no connection to open one on. */
    int load() {
        return state instanceof Up up ? up.streams : Integer.MAX_VALUE;
    }

    /** Whether a stream can be opened now, or once a connection has been made. */
    boolean hasRoom() {
        return !(state instanceof Up up) || up.hasRoom();
    }

    /** The connection, made when there is none. Fails when one can't be made. */
    Future<Up> up() {
        if (state instanceof Up up) {
            return Future.succeededFuture(up);
        } else if (state instanceof Connecting connecting) {
            return connecting.made().future();
        } else if (state instanceof Down down) {
            return connect(down.failures());
        }
        return Future.failedFuture("the client was closed");
    }

    private Future<Up> connect(int failures) {
        Promise<Up> made = Promise.promise();
        state = new Connecting(failures, made);
        if (failures == 0) {
            dial(failures, made);
        } else {
            long wait = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(failures - 1, 10));
            vertx.setTimer(wait, timer -> dial(failures, made));
        }
        return made.future();
    }

    private void dial(int failures, Promise<Up> made) {
        if (state instanceof Closed) {
            made.fail("the client was closed");
            return;
        }
        client.connect(where).onComplete(connection -> connected(connection, made), cause -> {
            if (!(state instanceof Closed)) {
                state = new Down(failures + 1);
            }
            listener.accept(LinkEvent.UNREACHED);
            made.fail(cause);
        });
    }

    private void connected(HttpClientConnection connection, Promise<Up> made) {
        if (state instanceof Closed) {
            connection.close();
            made.fail("the client was closed");
            return;
        }
        var up = new Up(connection);
        state = up;
        // The server may end it politely (GOAWAY): what is under way goes on, and a new one is made for the rest.
        // Asked later, what was heard is gone: Vert.x 5.0.10 keeps the frame's bytes and not a copy.
        connection.goAwayHandler(goAway -> up.lastSeen = goAway.getLastStreamId());
        connection.shutdownHandler(goneAway -> lost(up));
        connection.closeHandler(closed -> lost(up));
        listener.accept(everUp ? LinkEvent.RECONNECTED : LinkEvent.CONNECTED);
        everUp = true;
        made.complete(up);
    }

    private void lost(Up up) {
        if (state == up) {
            state = new Down(0);
            listener.accept(LinkEvent.LOST);
        }
    }

    /** Ends the connection; what is under way gets this long. */
    Future<Void> close(long graceMillis) {
        var was = state;
        state = new Closed();
        return was instanceof Up up
                ? up.connection().shutdown(graceMillis, TimeUnit.MILLISECONDS)
                : Future.succeededFuture();
    }
}
