package dev.muster.blocks;

import dev.muster.measure.Counters;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of the server on one event loop: together with the other loops no more than the limit, and none that
 * asks for nothing for a minute, however steadily its client sends a request byte by byte.
 */
final class Visitors {
    /** How often {@link #sweep} is to be called. */
    static final long SWEEP_MILLIS = 5_000;

    private static final int PATIENCE = 12;

    private final Shared shared;
    private final int most;
    private final int mostRequests;
    private final Counters<BlocksCounter> counters;
    private final Map<HttpConnection, Visitor> here = new HashMap<>();
    private int now;

    /** How many connections and requests all event loops hold. Safe to use from any thread. */
    record Shared(AtomicInteger connections, AtomicInteger streams) {
        Shared() {
            this(new AtomicInteger(), new AtomicInteger());
        }
    }

    private static final class Visitor {
        private int active;
        private int idleSince;
    }

    /**
     * @param most connections of all event loops
     * @param mostRequests at a time on one connection: HTTP/2 holds a client to what the settings say only when it has
     *     acknowledged them, which a rude one never does
     */
    Visitors(Shared shared, int most, int mostRequests, Counters<BlocksCounter> counters) {
        this.shared = shared;
        this.most = most;
        this.mostRequests = mostRequests;
        this.counters = counters;
    }

    /** A connection was made; it is closed when it is one too many. */
    void admit(HttpConnection connection) {
        if (shared.connections().incrementAndGet() > most) {
            shared.connections().decrementAndGet();
            counters.increment(BlocksCounter.REFUSED);
            connection.close();
            return;
        }
        counters.increment(BlocksCounter.ACCEPTED);
        var visitor = new Visitor();
        visitor.idleSince = now;
        here.put(connection, visitor);
        connection.closeHandler(closed -> {
            here.remove(connection);
            shared.connections().decrementAndGet();
        });
    }

    /** Whether the request's connection may have one more. */
    boolean hasRoom(HttpServerRequest request) {
        var visitor = here.get(request.connection());
        return visitor != null && visitor.active < mostRequests;
    }

    /** A request is being served, until {@link #ended} is called for it, once. */
    void began(HttpServerRequest request) {
        shared.streams().incrementAndGet();
        var visitor = here.get(request.connection());
        if (visitor != null) {
            visitor.active++;
        }
    }

    void ended(HttpServerRequest request) {
        shared.streams().decrementAndGet();
        var visitor = here.get(request.connection());
        if (visitor != null) {
            visitor.active--;
            visitor.idleSince = now;
        }
    }

    /** Closes the connections that have asked for nothing for too long. */
    void sweep() {
        now++;
        var idle = new ArrayList<HttpConnection>();
        here.forEach((connection, visitor) -> {
            if (visitor.active == 0 && now - visitor.idleSince > PATIENCE) {
                idle.add(connection);
            }
        });
        idle.forEach(HttpConnection::close);
    }
}
