package dev.muster.master;

import dev.muster.bus.NextTask;
import dev.muster.sql.RowStatement;
import java.util.List;

/** Stores how wrong minions' boot instants may be, many at a time; a minion that is not in the table is left out. */
final class BootErrorUpdate implements RowStatement<NextTask> {
    @Override
    public String sql(int rows) {
        return "UPDATE minions JOIN (SELECT ? AS run, ? AS minion_id, ? AS error_micros"
                + " UNION ALL SELECT ?, ?, ?".repeat(rows - 1)
                + ") AS told ON minions.run = CONVERT(told.run USING ascii) COLLATE ascii_bin"
                + " AND minions.minion_id = CONVERT(told.minion_id USING ascii) COLLATE ascii_bin"
                + " SET minions.error_micros = told.error_micros";
    }

    @Override
    @SuppressWarnings("NullAway") // the list is the driver's, which takes null for NULL
    public void bind(NextTask row, List<Object> values) {
        values.add(row.run());
        values.add(row.minionId());
        values.add(row.errorMicros());
    }
}
