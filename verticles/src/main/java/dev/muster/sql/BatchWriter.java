package dev.muster.sql;

import dev.muster.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Stores rows in batches that the load itself forms: while a statement is under way, rows gather; as soon as it is done,
 * the next one takes what is there, up to a bound, as one statement and so one commit. When a full batch has gathered
 * before, another connection takes it. There is no timer, so an idle database answers a lone row at once. A row's future
 * completes after its commit.
 *
 * <p>A batch that the database refuses for its data is halved until the bad row fails alone. When the connection breaks,
 * the rows under way fail as {@link Failure#UNAVAILABLE}: stored or not, nobody knows, so the statement must bear being
 * repeated.
 *
 * <p>Belongs to one event loop: all calls come from it.
 *
 * <p>An item may make several rows: they are stored in one statement, all or none.
 *
 * @param <T> what one row is made from, or several rows
 */
public final class BatchWriter<T> {
    /** What is not stored this long after {@link #close} fails: a process that stops must end within its grace period. */
    private static final long DRAIN_MILLIS = TimeUnit.SECONDS.toMillis(10);

    /** An idle connection is asked for a sign of life this often, so that a server that hangs is noticed. */
    private static final long PING_MILLIS = TimeUnit.SECONDS.toMillis(3);

    /** Of the values of one statement: a quarter of what a server takes unless it is told otherwise. */
    private static final long MOST_BYTES = 4 << 20;

    /** The bounds of a writer; batch and queue count rows. An item above the batch goes alone. */
    public record Limits(int connections, int batch, int queue) {}

    /** Hears what a writer does. */
    public interface Listener {
        /** A statement with so many rows is sent. */
        default void sending(int rows) {}

        /** So many connections are up now. Not called for those that {@link #close} ends. */
        default void connected(int connections) {}

        /** An attempt to connect failed. */
        default void refused(Throwable cause) {}
    }

    /** An item that waits, with the promise of its commit. */
    record Pending<T>(T item, int rows, Promise<Void> stored) {}

    private final Vertx vertx;
    private final RowStatement<T> statement;
    private final Limits limits;
    private final Listener listener;
    private final Queue<Pending<T>> queue = new ArrayDeque<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final List<BatchConnection<T>> connections = new ArrayList<>();
    private final Promise<Void> drained = Promise.promise();
    private int waiting;
    private long pinging = -1;
    private boolean closed;

    /**
     * @param connector opens a connection that is ready to store rows: with its schema applied
     */
    public BatchWriter(
            Vertx vertx,
            RowStatement<T> statement,
            Limits limits,
            Supplier<Future<SqlConnection>> connector,
            Listener listener) {
        this.vertx = vertx;
        this.statement = statement;
        this.limits = limits;
        this.listener = listener;
        for (int i = 0; i < limits.connections(); i++) {
            connections.add(
                    new BatchConnection<>(vertx, statement, connector, this::changed, this::refused, this::pump));
        }
    }

    /** Starts to connect, and goes on trying until {@link #close}. */
    public void start() {
        connections.forEach(BatchConnection::connect);
        pinging = vertx.setPeriodic(PING_MILLIS, timer -> connections.forEach(BatchConnection::ping));
    }

    /** Rows that wait for a connection. Any thread may ask. */
    public int queued() {
        return queued.get();
    }

    /** Whether so many rows can be written now without one of them meeting a full queue. */
    public boolean hasRoom(int rows) {
        return waiting + rows <= limits.queue();
    }

    /**
     * Stores an item.
     *
     * @return completes after the commit; fails with a {@link Failure}'s exception
     */
    public Future<Void> write(T item) {
        if (closed) {
            return Future.failedFuture(stopping());
        }
        if (alive() == 0) {
            return Future.failedFuture(away());
        }
        int rows = statement.rows(item);
        if (!hasRoom(rows)) {
            return Future.failedFuture(full());
        }
        var stored = Promise.<Void>promise();
        queue.add(new Pending<>(item, rows, stored));
        waiting += rows;
        pump();
        return stored.future();
    }

    /** Takes no more rows, stores those that it has while the database lets it, and closes the connections. */
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(pinging);
        long patience = vertx.setTimer(DRAIN_MILLIS, timer -> {
            failQueue(stopping());
            pump();
        });
        pump();
        return drained.future().onComplete(empty -> vertx.cancelTimer(patience)).compose(empty -> Future.join(
                        connections.stream().map(BatchConnection::close).toList())
                .mapEmpty());
    }

    private void pump() {
        for (var connection : connections) {
            while (connection.idle() && isWorthwhile()) {
                connection.store(take());
            }
        }
        queued.lazySet(waiting);
        if (closed && queue.isEmpty()) {
            drained.tryComplete();
        }
    }

    /**
     * Any row is worth a statement of its own when no other one is under way, as nobody comes before it. Else rows go on
     * gathering until they fill a batch: each statement and each commit costs as much as many rows.
     */
    private boolean isWorthwhile() {
        return !queue.isEmpty() && (waiting >= limits.batch() || storing() == 0);
    }

    private int storing() {
        int storing = 0;
        for (var connection : connections) {
            if (connection.storing()) {
                storing++;
            }
        }
        return storing;
    }

    private List<Pending<T>> take() {
        int items = worthwhileItems();
        var batch = new ArrayList<Pending<T>>(items);
        int rows = 0;
        for (int i = 0; i < items; i++) {
            var pending = queue.remove();
            rows += pending.rows();
            batch.add(pending);
        }
        waiting -= rows;
        listener.sending(rows);
        return batch;
    }

    /**
     * How many items to send: as many as fit, or some fewer where that makes a power of two of rows, so that each
     * connection prepares few statements and reuses them.
     */
    private int worthwhileItems() {
        int items = 0;
        int rows = 0;
        int even = 0;
        int evenRows = 0;
        long bytes = 0;
        for (var pending : queue) {
            bytes += statement.bytes(pending.item());
            if (items > 0 && (rows + pending.rows() > limits.batch() || bytes > MOST_BYTES)) {
                break;
            }
            rows += pending.rows();
            items++;
            if (Integer.bitCount(rows) == 1) {
                even = items;
                evenRows = rows;
            }
        }
        return 2 * evenRows > rows ? even : items;
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
        if (!closed) {
            listener.connected(alive);
        }
        if (alive == 0) {
            failQueue(away());
        }
        pump();
    }

    private void refused(Throwable cause) {
        if (!closed) {
            listener.refused(cause);
        }
    }

    private void failQueue(Exception cause) {
        while (!queue.isEmpty()) {
            var pending = queue.remove();
            waiting -= pending.rows();
            pending.stored().fail(cause);
        }
    }

    /** Why a row is refused that the queue has no room for. */
    public static Exception full() {
        return Failure.UNAVAILABLE.exception("the queue is full");
    }

    private static Exception away() {
        return Failure.UNAVAILABLE.exception("the database is away");
    }

    private static Exception stopping() {
        return Failure.UNAVAILABLE.exception("this process is stopping");
    }
}
