package dev.muster.broker;

import dev.muster.http.Answers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Streams the table of engines, a block at a time: the next one when the client has taken the last one. */
final class EngineExport {
    private static final String HEADER = "id,protocol,last,last_seen_time,address\n";

    private final Registry registry;

    EngineExport(Registry registry) {
        this.registry = registry;
    }

    /** One line of the table; the address is empty while the engine has no connection. */
    record Row(String id, String protocol, long last, String lastSeenTime, String address) {
        private String csv() {
            return id + "," + protocol + "," + last + "," + lastSeenTime + "," + address + "\n";
        }
    }

    void stream(RoutingContext context) {
        boolean json = Answers.wantsJson(context);
        context.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, json ? "application/json" : "text/csv; charset=utf-8");
        send(context, json, 0, json ? "[\n" : HEADER, true);
    }

    private void send(RoutingContext context, boolean json, int block, String head, boolean first) {
        var rows = new ArrayList<Row>();
        boolean more = registry.forEachOf(block, seat -> add(rows, seat));
        var text = head + (json ? json(rows, first) : csv(rows));
        if (!more) {
            context.response().end(text + (json ? "\n]\n" : ""));
            return;
        }
        context.response()
                .write(text)
                .onSuccess(sent -> send(context, json, block + 1, "", first && rows.isEmpty()))
                .onFailure(context::fail);
    }

    private static String csv(List<Row> rows) {
        var text = new StringBuilder();
        rows.forEach(row -> text.append(row.csv()));
        return text.toString();
    }

    private static String json(List<Row> rows, boolean first) {
        var text = new StringBuilder();
        for (var row : rows) {
            text.append(first && text.isEmpty() ? "" : ",\n").append(Answers.encode(row));
        }
        return text.toString();
    }

    private static void add(List<Row> rows, Seat seat) {
        var block = seat.block();
        var id = block.id(seat.index());
        if (id != null) {
            var seen = Instant.now().minusNanos(System.nanoTime() - block.seen(seat.index()));
            var protocol = "v" + block.version(seat.index());
            rows.add(new Row(Seat.text(id), protocol, seat.last(), seen.toString(), address(seat)));
        }
    }

    private static String address(Seat seat) {
        var owner = seat.owner();
        return owner != null && owner.out().address() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : "";
    }
}
