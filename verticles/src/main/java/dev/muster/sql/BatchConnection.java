package dev.muster.sql;

import dev.muster.bus.Failure;
import dev.muster.sql.BatchWriter.Pending;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a {@link BatchWriter}: connects, stores one batch at a time, and connects again when it broke. Its
 * {@link State} says all that it is doing; only {@link #become} changes it.
 */
final class BatchConnection<T> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchConnection.class);

    /** Longer than any sane commit; a database that takes longer counts as away. */
    private static final long STATEMENT_SECONDS = 10;

    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LONGEST_RETRY_MILLIS = 2_000;
    private static final int DEADLOCK_TRIES = 5;

    private static final int DEADLOCK = 1213;
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    /** What the connection is doing. */
    private sealed interface State<T> {
        /** Not connected; the next attempt is under way or timed. */
        record Away<T>(long retryMillis) implements State<T> {}

        /** Ready for a batch. */
        record Idle<T>(Link link) implements State<T> {}

        /** Stores a batch. */
        record Storing<T>(Link link) implements State<T> {}

        /** Closed for good. */
        record Closed<T>() implements State<T> {}
    }

    /** A live connection with the statements that it has prepared, by number of rows. */
    private static final class Link {
        private final SqlConnection connection;
        private final Map<Integer, Future<PreparedStatement>> prepared = new HashMap<>();

        Link(SqlConnection connection) {
            this.connection = connection;
        }
    }

    private final Vertx vertx;
    private final RowStatement<T> statement;
    private final Supplier<Future<SqlConnection>> connector;
    private final Runnable changed;
    private final Runnable free;
    private final Promise<Void> drained = Promise.promise();
    private boolean closing;
    private State<T> state = new State.Away<>(FIRST_RETRY_MILLIS);

    /**
     * @param changed called when the connection comes up or goes away
     * @param free called when a batch is done
     */
    BatchConnection(
            Vertx vertx,
            RowStatement<T> statement,
            Supplier<Future<SqlConnection>> connector,
            Runnable changed,
            Runnable free) {
        this.vertx = vertx;
        this.statement = statement;
        this.connector = connector;
        this.changed = changed;
        this.free = free;
    }

    boolean idle() {
        return state instanceof State.Idle;
    }

    boolean alive() {
        return state instanceof State.Idle || state instanceof State.Storing;
    }

    void connect() {
        connector.get().onComplete(this::connected, this::failedToConnect);
    }

    private void connected(SqlConnection connection) {
        if (closing) {
            connection.close();
            become(new State.Closed<>());
            return;
        }
        var link = new Link(connection);
        connection.closeHandler(closed -> lost(link));
        become(new State.Idle<>(link));
    }

    private void failedToConnect(Throwable cause) {
        if (closing) {
            become(new State.Closed<>());
            return;
        }
        long delay = state instanceof State.Away<T> away ? away.retryMillis() : FIRST_RETRY_MILLIS;
        LOG.warn("event=database_away retry_ms={} cause=\"{}\"", delay, cause.getMessage());
        become(new State.Away<>(Math.min(2 * delay, LONGEST_RETRY_MILLIS)));
        vertx.setTimer(delay, timer -> connect());
    }

    /** The connection broke, on its own or because it was given up. */
    private void lost(Link link) {
        if (linkOf(state) != link) {
            return;
        }
        if (closing) {
            become(new State.Closed<>());
        } else {
            become(new State.Away<>(FIRST_RETRY_MILLIS));
            connect();
        }
    }

    /** Stores a batch. Call only when idle. */
    void store(List<Pending<T>> batch) {
        if (!(state instanceof State.Idle<T> idle)) {
            throw new IllegalStateException("not idle");
        }
        state = new State.Storing<>(idle.link());
        insert(idle.link(), batch, 1).onComplete(done -> {
            if (state instanceof State.Storing<T> storing && storing.link() == idle.link()) {
                state = idle;
                free.run();
                if (closing) {
                    disconnectIfIdle();
                }
            }
        });
    }

    /** Completes when every row of the batch is stored or has failed. */
    private Future<Void> insert(Link link, List<Pending<T>> batch, int attempt) {
        return execute(link, batch).transform(result -> {
            if (result.succeeded()) {
                batch.forEach(pending -> pending.stored().complete());
                return Future.succeededFuture();
            }
            return failed(link, batch, attempt, result.cause());
        });
    }

    private Future<Void> execute(Link link, List<Pending<T>> batch) {
        var values = new ArrayList<Object>();
        for (var pending : batch) {
            statement.bind(pending.row(), values);
        }
        return link.prepared
                .computeIfAbsent(batch.size(), rows -> link.connection.prepare(statement.sql(rows)))
                .compose(prepared -> prepared.query().execute(Tuple.wrap(values)))
                .timeout(STATEMENT_SECONDS, TimeUnit.SECONDS)
                .mapEmpty();
    }

    private Future<Void> failed(Link link, List<Pending<T>> batch, int attempt, Throwable cause) {
        if (cause instanceof MySQLException refusal && isContention(refusal) && attempt < DEADLOCK_TRIES) {
            return insert(link, batch, attempt + 1);
        }
        if (!(cause instanceof MySQLException refusal && isDataError(refusal))) {
            giveUp(link, batch, cause);
            return Future.succeededFuture();
        }
        if (batch.size() == 1) {
            var message = "the database refused the row: " + refusal.getMessage();
            batch.get(0).stored().fail(Failure.BAD_REQUEST.exception(message));
            return Future.succeededFuture();
        }
        int half = batch.size() / 2;
        return insert(link, batch.subList(0, half), 1)
                .compose(stored -> insert(link, batch.subList(half, batch.size()), 1));
    }

    /** Whether the rows are stored is unknown: says so, and takes a new connection. */
    private void giveUp(Link link, List<Pending<T>> batch, Throwable cause) {
        var message = "the database did not confirm the commit: " + cause.getMessage();
        LOG.warn("event=batch_failed rows={} cause=\"{}\"", batch.size(), cause.getMessage());
        batch.forEach(pending -> pending.stored().fail(Failure.UNAVAILABLE.exception(message)));
        link.connection.close();
        lost(link);
    }

    private static boolean isContention(MySQLException refusal) {
        return refusal.getErrorCode() == DEADLOCK || refusal.getErrorCode() == LOCK_WAIT_TIMEOUT;
    }

    /** SQLSTATE class 22 is bad data, 23 a violated constraint: another try fails again. */
    private static boolean isDataError(MySQLException refusal) {
        var state = refusal.getSqlState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** Disconnects for good; a batch under way is ended first. */
    Future<Void> close() {
        closing = true;
        disconnectIfIdle();
        if (state instanceof State.Away) {
            become(new State.Closed<>());
        }
        return drained.future();
    }

    private void disconnectIfIdle() {
        if (state instanceof State.Idle<T> idle) {
            become(new State.Closed<>());
            idle.link().connection.close();
        }
    }

    private void become(State<T> next) {
        state = next;
        if (next instanceof State.Closed) {
            drained.tryComplete();
        }
        changed.run();
    }

    private static <T> @Nullable Link linkOf(State<T> state) {
        if (state instanceof State.Idle<T> idle) {
            return idle.link();
        }
        return state instanceof State.Storing<T> storing ? storing.link() : null;
    }
}
