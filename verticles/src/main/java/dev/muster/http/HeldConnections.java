package dev.muster.http;

import dev.muster.http.HttpServers.ConnectionLimit;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one server on its event loop: no more than the limit, and none whose client takes too long to send a
 * request, however steadily it sends byte by byte. What is being answered is left alone.
 */
final class HeldConnections {
    private final ConnectionLimit limit;
    private final Consumer<HttpConnection> refused;
    private final int patience;
    private final Map<HttpConnection, Held> held = new HashMap<>();
    private int now;

    /** One connection: the request under way, if there is one, and the sweep since which it or the next one is awaited. */
    private static final class Held {
        private @Nullable HttpServerRequest request;
        private int since;
    }

    /**
     * @param refused called for each connection beyond the limit, which is closed
     * @param patience after so many sweeps a request that is not complete is given up
     */
    HeldConnections(ConnectionLimit limit, Consumer<HttpConnection> refused, int patience) {
        this.limit = limit;
        this.refused = refused;
        this.patience = patience;
    }

    void sweepEvery(Vertx vertx, long millis) {
        vertx.setPeriodic(millis, timer -> sweep());
    }

    void admit(HttpConnection connection) {
        if (!limit.admit()) {
            refused.accept(connection);
            connection.close();
            return;
        }
        var mine = new Held();
        mine.since = now;
        held.put(connection, mine);
        connection.closeHandler(closed -> {
            held.remove(connection);
            limit.release();
        });
    }

    void began(HttpServerRequest request) {
        var mine = held.get(request.connection());
        if (mine != null) {
            mine.request = request;
            mine.since = now;
        }
    }

    private void sweep() {
        now++;
        var slow = new ArrayList<HttpConnection>();
        held.forEach((connection, mine) -> {
            var request = mine.request;
            if (request != null && request.isEnded()) {
                mine.since = now;
                if (request.response().ended()) {
                    mine.request = null; // what an idle connection need not hold
                }
            } else if (now - mine.since > patience) {
                slow.add(connection);
            }
        });
        slow.forEach(HttpConnection::close);
    }
}
