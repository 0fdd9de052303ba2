package dev.muster.sql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of a table that counts how often each was stored. */
final class CountedRows implements RowStatement<String> {
    static final String TABLE =
            "CREATE OR REPLACE TABLE counted (id VARCHAR(8) PRIMARY KEY, times INT NOT NULL DEFAULT 1)";

    /** Binding this row fails, as an error in the code would. */
    static final String UNBINDABLE = "unbindable";

    @Override
    public String sql(int rows) {
        return "INSERT INTO counted (id) VALUES (?)" + ",(?)".repeat(rows - 1)
                + " ON DUPLICATE KEY UPDATE times = times + 1";
    }

    @Override
    public void bind(String row, List<Object> values) {
        if (row.equals(UNBINDABLE)) {
            throw new IllegalStateException("not to be bound");
        }
        values.addAll(List.of(row.split(",", -1)));
    }

    @Override
    public int rows(String row) {
        return row.split(",", -1).length;
    }

    /** An item of several rows; the last one of a bad item does not fit into its column. */
    static String several(int item, int rows, boolean bad) {
        return IntStream.range(0, rows)
                .mapToObj(row -> item + "-" + row + (bad && row == rows - 1 ? "-much-too-long" : ""))
                .collect(Collectors.joining(","));
    }
}
