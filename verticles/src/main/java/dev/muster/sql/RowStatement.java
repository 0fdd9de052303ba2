package dev.muster.sql;

import java.util.List;

/**
 * A statement that stores any number of rows at once.
 *
 * @param <T> what one row is made from, or several rows that are stored together or not at all
 */
public interface RowStatement<T> {
    /** The statement for so many rows, with a placeholder for every value of every row, row by row. */
    String sql(int rows);

    /** Appends the values of one item's rows in the order of the placeholders. */
    void bind(T item, List<Object> values);

    /** How many rows are made from the item, at least 1. */
    default int rows(T item) {
        return 1;
    }

    /** About how many bytes its values take, where they may be many: the server bounds a statement. */
    default long bytes(T item) {
        return 0;
    }
}
