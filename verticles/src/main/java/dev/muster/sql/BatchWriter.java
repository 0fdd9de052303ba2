package dev.muster.sql;

import dev.muster.bus.Failure;
import dev.muster.measure.Recorder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Stores rows in batches that the load itself forms: while every connection is at work, rows gather; as soon as one is
 * free, it takes what is there, up to a bound, as one statement and so one commit. There is no timer, so an idle
 * database answers a lone row at once. A row's future completes after its commit.
 *
 * <p>A batch that the database refuses for its data is halved until the bad row fails alone. When the connection breaks,
 * the rows under way fail as {@link Failure#UNAVAILABLE}: stored or not, nobody knows, so the statement must bear being
 * repeated.
 *
 * <p>Belongs to one event loop: all calls come from it.
 *
 * @param <T> what one row is made from
 */
public final class BatchWriter<T> {
    /** The bounds of a writer. */
    public record Limits(int connections, int batch, int queue) {}

    /** A row that waits, with the promise of its commit. */
    record Pending<T>(T row, Promise<Void> stored) {}

    private final Limits limits;
    private final Recorder batchRows;
    private final IntConsumer connected;
    private final Queue<Pending<T>> queue = new ArrayDeque<>();
    private final List<BatchConnection<T>> connections = new ArrayList<>();
    private final Promise<Void> drained = Promise.promise();
    private boolean closed;

    /**
     * @param connector opens a connection that is ready to store rows: with its schema applied
     * @param batchRows records the rows of every statement
     * @param connected hears how many connections there are, at every change
     */
    public BatchWriter(
            Vertx vertx,
            RowStatement<T> statement,
            Limits limits,
            Supplier<Future<SqlConnection>> connector,
            Recorder batchRows,
            IntConsumer connected) {
        this.limits = limits;
        this.batchRows = batchRows;
        this.connected = connected;
        for (int i = 0; i < limits.connections(); i++) {
            connections.add(new BatchConnection<>(vertx, statement, connector, this::changed, this::pump));
        }
    }

    /** Starts to connect, and goes on trying until {@link #close}. */
    public void start() {
        connections.forEach(BatchConnection::connect);
    }

    /** Rows that wait for a connection. */
    public int queued() {
        return queue.size();
    }

    /**
     * Stores a row.
     *
     * @return completes after the commit; fails with a {@link Failure}'s exception
     */
    public Future<Void> write(T row) {
        if (closed) {
            return Future.failedFuture(Failure.UNAVAILABLE.exception("the master is stopping"));
        }
        if (alive() == 0) {
            return Future.failedFuture(away());
        }
        if (queue.size() >= limits.queue()) {
            return Future.failedFuture(Failure.UNAVAILABLE.exception("the queue is full"));
        }
        var stored = Promise.<Void>promise();
        queue.add(new Pending<>(row, stored));
        pump();
        return stored.future();
    }

    /** Takes no more rows, stores those that it has while the database lets it, and closes the connections. */
    public Future<Void> close() {
        closed = true;
        pump();
        return drained.future().compose(empty -> Future.join(
                        connections.stream().map(BatchConnection::close).toList())
                .mapEmpty());
    }

    private void pump() {
        for (var connection : connections) {
            while (connection.idle() && !queue.isEmpty()) {
                connection.store(take());
            }
        }
        if (closed && queue.isEmpty()) {
            drained.tryComplete();
        }
    }

    /** A power of two, so that each connection prepares few statements and reuses them. */
    private List<Pending<T>> take() {
        int rows = Math.min(limits.batch(), Integer.highestOneBit(queue.size()));
        var batch = new ArrayList<Pending<T>>(rows);
        for (int i = 0; i < rows; i++) {
            batch.add(queue.remove());
        }
        batchRows.record(rows);
        return batch;
    }

    private int alive() {
        int alive = 0;
        for (var connection : connections) {
            if (connection.alive()) {
                alive++;
            }
        }
        return alive;
    }

    private void changed() {
        int alive = alive();
        connected.accept(alive);
        if (alive == 0) {
            failQueue();
        }
        pump();
    }

    private void failQueue() {
        while (!queue.isEmpty()) {
            queue.remove().stored().fail(away());
        }
    }

    private static Exception away() {
        return Failure.UNAVAILABLE.exception("the database is away");
    }
}
