package dev.muster.launcher.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The load of one repetition over time, from its {@code load.csv}: cores, and what bore them.
 *
 * @param rows in the order of time
 */
record LoadSeries(List<Row> rows) {
    static final String FILE = "load.csv";
    static final List<String> COLUMNS = List.of(
            "seconds", "asked", "requested", "delivered", "pods", "working", "wanted", "replicas", "ready", "nodes");

    /** So many rows are shown as a table. */
    private static final int MOST_IN_TABLE = 60;

    /** One line: a value for each column, null where nothing was to be seen. */
    record Row(List<@Nullable Double> values) {
        @Nullable Double value(String column) {
            return values.get(COLUMNS.indexOf(column));
        }
    }

    /**
     * Reads the file.
     *
     * @throws IOException when it can't be read; the message says where
     */
    static LoadSeries read(Path file) throws IOException {
        var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty() || !Csv.cells(lines.get(0)).equals(COLUMNS)) {
            throw new IOException(file + " has no header of a load");
        }
        var rows = new ArrayList<Row>();
        for (var line : lines.subList(1, lines.size())) {
            rows.add(row(file, line));
        }
        return new LoadSeries(rows);
    }

    private static Row row(Path file, String line) throws IOException {
        var values = new ArrayList<@Nullable Double>();
        try {
            for (var cell : Csv.cells(line)) {
                values.add(cell.isEmpty() ? null : Double.valueOf(cell));
            }
        } catch (NumberFormatException e) {
            throw new IOException(file + ": a line is no load: " + line, e);
        }
        if (values.size() != COLUMNS.size()) {
            throw new IOException(file + ": a line is no load: " + line);
        }
        return new Row(values);
    }

    /** One column over time. */
    List<@Nullable Double> column(String name) {
        var column = new ArrayList<@Nullable Double>();
        rows.forEach(row -> column.add(row.value(name)));
        return column;
    }

    /** Whether a column has any value: replicas are there when an autoscaler was watched. */
    boolean has(String name) {
        return rows.stream().anyMatch(row -> row.value(name) != null);
    }

    /** As many rows as a reader can take in, evenly chosen. */
    List<Row> forTable() {
        int each = (rows.size() + MOST_IN_TABLE - 1) / MOST_IN_TABLE;
        var chosen = new ArrayList<Row>();
        for (int i = 0; i < rows.size(); i += Math.max(1, each)) {
            chosen.add(rows.get(i));
        }
        return chosen;
    }
}
