package dev.muster.sql;

import java.util.List;

/**
 * A statement that stores any number of rows at once.
 *
 * @param <T> what one row is made from
 */
public interface RowStatement<T> {
    /** The statement for so many rows, with a placeholder for every value of every row, row by row. */
    String sql(int rows);

    /** Appends one row's values in the order of the placeholders. */
    void bind(T row, List<Object> values);
}
