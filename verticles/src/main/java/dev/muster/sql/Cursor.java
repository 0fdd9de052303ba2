package dev.muster.sql;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowStream;
import io.vertx.sqlclient.Tuple;
import java.util.function.Consumer;

/** Reads a result of any size in bounded memory. */
public final class Cursor {
    private static final int FETCH = 2_000;

    private Cursor() {}

    /**
     * Hands every row over, on the event loop of the caller.
     *
     * @param take whatever it throws ends the reading, and is what the result fails with
     */
    public static Future<Void> forEach(Pool pool, String sql, Tuple values, Consumer<Row> take) {
        // A cursor lives as long as its transaction.
        return pool.withTransaction(
                connection -> connection.prepare(sql).compose(statement -> read(statement, values, take)));
    }

    private static Future<Void> read(PreparedStatement statement, Tuple values, Consumer<Row> take) {
        var end = Promise.<Void>promise();
        var rows = statement.createStream(FETCH, values);
        rows.exceptionHandler(end::tryFail)
                .endHandler(done -> end.tryComplete())
                .handler(row -> takeOne(row, take, rows, end));
        return end.future();
    }

    private static void takeOne(Row row, Consumer<Row> take, RowStream<Row> rows, Promise<Void> end) {
        if (end.future().isComplete()) {
            return; // the rest of what was fetched before the reading ended
        }
        try {
            take.accept(row);
        } catch (RuntimeException refused) {
            rows.close();
            end.tryFail(refused);
        }
    }
}
