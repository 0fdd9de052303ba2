package dev.muster.store;

import dev.muster.bus.NewEvent;
import dev.muster.bus.ReadEvent;
import dev.muster.bus.ReadPage;
import dev.muster.bus.StreamPage;
import dev.muster.bus.StreamPage.State;
import dev.muster.bus.StreamPage.StreamEvent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions to the tables. Each is one statement, so that what it answers is of one instant: the head and the events
 * that stand beside it belong together.
 */
final class EventTable {
    /** A page with bodies holds no more of them, unless a single event is larger. */
    private static final long PAGE_BYTES = 4 << 20;

    private static final byte[] NOTHING = {};

    private static final String HEAD = "SELECT h.number, h.kind, COALESCE(s.first, 0)";

    private static final String FROM_HEAD =
            " FROM (SELECT number, kind FROM store_events WHERE stream = ? ORDER BY number DESC LIMIT 1) h"
                    + " LEFT JOIN store_streams s ON s.stream = ?";

    private static final String IDS = HEAD + ", e.number, e.event_id" + FROM_HEAD
            + " LEFT JOIN store_events e ON e.stream = ? AND e.event_id IN (";

    private static final String EVENT = HEAD
            + ", e.number, e.created_micros, e.event_id, e.type, e.kind, e.data, e.metadata" + FROM_HEAD
            + " LEFT JOIN store_events e ON e.stream = ? AND e.number = ";

    private static final String PAGE = HEAD
            + ", e.number, e.created_micros, e.event_id, e.type, e.kind, e.bytes" + FROM_HEAD
            + " LEFT JOIN (SELECT number, created_micros, event_id, type, kind, LENGTH(data) + LENGTH(metadata) AS bytes"
            + " FROM store_events WHERE stream = ? AND number ";

    private static final String BODIES =
            "SELECT number, data, metadata FROM store_events WHERE stream = ? AND number BETWEEN ? AND ?";

    private final Pool pool;

    EventTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * A stream's head, and where it holds some events.
     *
     * @param known the number of each of the ids that the stream has
     */
    record Found(Head head, Map<String, Long> known) {}

    /** Where the stream ends, and which of these ids it has. */
    Future<Found> look(String stream, List<String> ids) {
        // In powers of two, so that few statements are prepared.
        int places = ids.size() <= 1 ? 1 : Integer.highestOneBit(ids.size() - 1) << 1;
        var values = Tuple.of(stream, stream, stream);
        for (int i = 0; i < places; i++) {
            values.addBuffer(ids.isEmpty() ? Buffer.buffer() : EventInsert.bytes(ids.get(Math.min(i, ids.size() - 1))));
        }
        return pool.preparedQuery(IDS + "?,".repeat(places - 1) + "?)")
                .execute(values)
                .map(EventTable::found);
    }

    private static Found found(RowSet<Row> rows) {
        var head = Head.NONE;
        var known = new HashMap<String, Long>();
        for (var row : rows) {
            head = head(row);
            var number = row.getLong(3);
            if (number != null) {
                known.put(EventInsert.id(row.getBuffer(4)), number);
            }
        }
        return new Found(head, known);
    }

    private static Head head(Row row) {
        return new Head(row.getLong(0), row.getLong(2), row.getInteger(1) == StoreSchema.TOMBSTONE);
    }

    Future<StreamPage> event(ReadEvent asked) {
        boolean last = asked.number() == ReadEvent.HEAD;
        var stream = asked.stream();
        var values = Tuple.of(stream, stream, stream);
        return pool.preparedQuery(EVENT + (last ? "h.number" : "?"))
                .execute(last ? values : values.addLong(asked.number()))
                .map(EventTable::event);
    }

    private static StreamPage event(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return page(Head.NONE, List.of());
        }
        var row = rows.iterator().next();
        var head = head(row);
        var number = row.getLong(3);
        return number == null || number < head.first()
                ? page(head, List.of())
                : page(
                        head,
                        List.of(event(
                                row,
                                row.getBuffer(8).getBytes(),
                                row.getBuffer(9).getBytes())));
    }

    private static StreamEvent event(Row row, byte[] data, byte[] metadata) {
        boolean json = row.getInteger(7) == StoreSchema.JSON;
        var event = new NewEvent(EventInsert.id(row.getBuffer(5)), row.getString(6), json, data, metadata);
        return new StreamEvent(row.getLong(3), row.getLong(4), event);
    }

    private static StreamPage page(Head head, List<StreamEvent> events) {
        var state = head.gone() ? State.GONE : head.exists() ? State.EXISTS : State.MISSING;
        return new StreamPage(state, head.number(), head.first(), state == State.EXISTS ? events : List.of());
    }

    Future<StreamPage> page(ReadPage asked) {
        var stream = asked.stream();
        var values = Tuple.of(stream, stream, stream);
        String where;
        if (asked.from() == ReadEvent.HEAD) {
            where = ">= 0 ORDER BY number DESC LIMIT ?";
        } else {
            where = asked.forward() ? ">= ? ORDER BY number LIMIT ?" : "<= ? ORDER BY number DESC LIMIT ?";
            values.addLong(asked.from());
        }
        var page = pool.preparedQuery(PAGE + where + ") e ON e.number >= COALESCE(s.first, 0)")
                .execute(values.addInteger(asked.count()))
                .map(rows -> page(rows, asked));
        return asked.bodies() ? page.compose(cut -> withBodies(stream, cut)) : page;
    }

    private static StreamPage page(RowSet<Row> rows, ReadPage asked) {
        var head = Head.NONE;
        var sorted = new ArrayList<Row>();
        for (var row : rows) {
            head = head(row);
            if (row.getLong(3) != null) {
                sorted.add(row);
            }
        }
        sorted.sort((one, other) -> asked.forward()
                ? Long.compare(one.getLong(3), other.getLong(3))
                : Long.compare(other.getLong(3), one.getLong(3)));
        var events = new ArrayList<StreamEvent>();
        long bytes = 0;
        for (var row : sorted) {
            bytes += row.getLong(8);
            if (asked.bodies() && bytes > PAGE_BYTES && !events.isEmpty()) {
                break;
            }
            events.add(event(row, NOTHING, NOTHING));
        }
        if (asked.forward()) {
            Collections.reverse(events);
        }
        return page(head, events);
    }

    /** An event never changes: to read its body a moment later does no harm. */
    private Future<StreamPage> withBodies(String stream, StreamPage page) {
        var events = page.events();
        if (events.isEmpty()) {
            return Future.succeededFuture(page);
        }
        long least = events.get(events.size() - 1).number();
        return pool.preparedQuery(BODIES)
                .execute(Tuple.of(stream, least, events.get(0).number()))
                .map(rows -> {
                    var bodies = new HashMap<Long, Row>();
                    rows.forEach(row -> bodies.put(row.getLong(0), row));
                    var whole = events.stream()
                            .filter(event -> bodies.containsKey(event.number()))
                            .map(event -> whole(event, bodies))
                            .toList();
                    return new StreamPage(page.state(), page.head(), page.first(), whole);
                });
    }

    private static StreamEvent whole(StreamEvent bare, Map<Long, Row> bodies) {
        var body = bodies.get(bare.number());
        if (body == null) {
            return bare;
        }
        var event = bare.event();
        var data = body.getBuffer(1).getBytes();
        var metadata = body.getBuffer(2).getBytes();
        return new StreamEvent(
                bare.number(),
                bare.createdMicros(),
                new NewEvent(event.id(), event.type(), event.json(), data, metadata));
    }

    /**
     * Deletes a stream softly: all events up to the number, and none that another process appends meanwhile.
     *
     * @return completes after the commit
     */
    Future<Void> hide(String stream, long number) {
        return pool.preparedQuery("INSERT INTO store_streams (stream, first) VALUES (?, ?)"
                        + " ON DUPLICATE KEY UPDATE first = GREATEST(first, VALUES(first))")
                .execute(Tuple.of(stream, number + 1))
                .mapEmpty();
    }
}
