package dev.muster.store;

import dev.muster.bus.NewEvent;
import dev.muster.sql.RowStatement;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;

/** Stores events. A number or an id that the stream has already is refused by the keys, and with it the whole item. */
final class EventInsert implements RowStatement<EventRows> {
    private static final String INTO =
            "INSERT INTO store_events (stream, number, event_id, kind, type, created_micros, data, metadata) VALUES ";
    private static final String ROW = "(?,?,?,?,?,?,?,?)";

    @Override
    public String sql(int rows) {
        return INTO + (ROW + ",").repeat(rows - 1) + ROW;
    }

    @Override
    public void bind(EventRows item, List<Object> values) {
        long number = item.first();
        for (var event : item.events()) {
            values.add(item.stream());
            values.add(number++);
            values.add(bytes(event.id()));
            values.add(kind(item, event));
            values.add(event.type());
            values.add(item.createdMicros());
            values.add(Buffer.buffer(event.data()));
            values.add(Buffer.buffer(event.metadata()));
        }
    }

    private static int kind(EventRows item, NewEvent event) {
        if (item.tombstone()) {
            return StoreSchema.TOMBSTONE;
        }
        return event.json() ? StoreSchema.JSON : StoreSchema.BYTES;
    }

    @Override
    public int rows(EventRows item) {
        return item.events().size();
    }

    @Override
    public long bytes(EventRows item) {
        return EventRows.bytes(item.events());
    }

    /** A UUID as its 16 bytes. */
    static Buffer bytes(String id) {
        var uuid = UUID.fromString(id);
        return Buffer.buffer(16).appendLong(uuid.getMostSignificantBits()).appendLong(uuid.getLeastSignificantBits());
    }

    static String id(Buffer bytes) {
        return new UUID(bytes.getLong(0), bytes.getLong(8)).toString();
    }
}
