package dev.muster.master;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.bus.Registration;
import dev.muster.sql.RowStatement;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores registrations so that storing one again does no harm: the same minion stays one row, its first registration
 * stands, and the repetition is counted.
 */
final class MinionInsert implements RowStatement<Registration> {
    /** Characters that a minion's labels may take as JSON. */
    static final int MAX_LABELS = 1000;

    private static final String INTO =
            "INSERT INTO minions (run, minion_id, boot_micros, first_seen_micros, tries, pod, pod_uid, node, namespace,"
                    + " labels) VALUES ";
    private static final String ROW = "(?,?,?,?,?,?,?,?,?,?)";
    private static final String AGAIN = " ON DUPLICATE KEY UPDATE registrations = registrations + 1,"
            + " last_seen_micros = GREATEST(COALESCE(last_seen_micros, 0), VALUES(first_seen_micros), first_seen_micros),"
            + " first_seen_micros = LEAST(first_seen_micros, VALUES(first_seen_micros))";

    private static final ObjectWriter ASCII_JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writer();

    @Override
    public String sql(int rows) {
        return INTO + (ROW + ",").repeat(rows - 1) + ROW + AGAIN;
    }

    @Override
    @SuppressWarnings("NullAway") // the list is the driver's, which takes null for NULL
    public void bind(Registration row, List<Object> values) {
        values.add(row.run());
        values.add(row.minionId());
        values.add(row.bootMicros());
        values.add(row.receivedMicros());
        values.add(row.tries());
        values.add(row.pod());
        values.add(row.podUid());
        values.add(row.node());
        values.add(row.namespace());
        values.add(labels(row.labels()));
    }

    /** Labels as ASCII JSON, null for none. */
    static @Nullable String labels(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return null;
        }
        try {
            return ASCII_JSON.writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
