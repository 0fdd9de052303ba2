package dev.muster.sql;

import dev.muster.bus.Failure;
import dev.muster.sql.BatchWriter.Pending;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a {@link BatchWriter}: connects, stores one batch at a time, and connects again when it broke. Its
 * {@link State} says all that it is doing.
 */
final class BatchConnection<T> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchConnection.class);

    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LONGEST_RETRY_MILLIS = 2_000;
    private static final int DEADLOCK_TRIES = 5;

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
    private final Consumer<Throwable> refused;
    private final Runnable free;
    private final Promise<Void> ended = Promise.promise();
    private boolean closing;
    private State<T> state = new State.Away<>(FIRST_RETRY_MILLIS);

    /**
     * @param changed called when the connection comes up or goes away
     * @param refused called when an attempt to connect fails
     * @param free called when a batch is done
     */
    BatchConnection(
            Vertx vertx,
            RowStatement<T> statement,
            Supplier<Future<SqlConnection>> connector,
            Runnable changed,
            Consumer<Throwable> refused,
            Runnable free) {
        this.vertx = vertx;
        this.statement = statement;
        this.connector = connector;
        this.changed = changed;
        this.refused = refused;
        this.free = free;
    }

    boolean idle() {
        return state instanceof State.Idle;
    }

    boolean storing() {
        return state instanceof State.Storing;
    }

    boolean alive() {
        return state instanceof State.Idle || state instanceof State.Storing;
    }

    void connect() {
        if (closing) {
            return;
        }
        connector.get().onComplete(this::connected, this::failedToConnect);
    }

    private void connected(SqlConnection connection) {
        if (closing) {
            connection.close();
            return;
        }
        var link = new Link(connection);
        connection.closeHandler(closed -> lost(link));
        become(new State.Idle<>(link));
    }

    private void failedToConnect(Throwable cause) {
        if (closing) {
            return;
        }
        refused.accept(cause);
        long delay = state instanceof State.Away<T> away ? away.retryMillis() : FIRST_RETRY_MILLIS;
        retry(delay, Math.min(2 * delay, LONGEST_RETRY_MILLIS));
    }

    private void retry(long delay, long nextDelay) {
        become(new State.Away<>(nextDelay));
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
            retry(FIRST_RETRY_MILLIS, FIRST_RETRY_MILLIS);
        }
    }

    /** Asks an idle server for a sign of life; the connection breaks when there is none. */
    void ping() {
        if (state instanceof State.Idle<T> idle) {
            MySQLConnection.cast(idle.link().connection).ping().onFailure(silent -> lost(idle.link()));
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
        try {
            for (var pending : batch) {
                statement.bind(pending.item(), values);
            }
        } catch (RuntimeException unfit) {
            return Future.failedFuture(Failure.BAD_REQUEST.exception(String.valueOf(unfit.getMessage())));
        }
        return link.prepared
                .computeIfAbsent(rows(batch), rows -> link.connection.prepare(statement.sql(rows)))
                .compose(prepared -> prepared.query().execute(Tuple.wrap(values)))
                .mapEmpty();
    }

    private static <T> int rows(List<Pending<T>> batch) {
        int rows = 0;
        for (var pending : batch) {
            rows += pending.rows();
        }
        return rows;
    }

    private Future<Void> failed(Link link, List<Pending<T>> batch, int attempt, Throwable cause) {
        if (SqlFailures.isDeadlock(cause) && attempt < DEADLOCK_TRIES) {
            return insert(link, batch, attempt + 1);
        }
        var failure = SqlFailures.of(cause);
        if (failure != Failure.BAD_REQUEST && failure != Failure.CONFLICT) {
            giveUp(link, batch, cause);
            return Future.succeededFuture();
        }
        if (batch.size() == 1) {
            var message = "the database refused the row: " + cause.getMessage();
            batch.get(0).stored().fail(failure.exception(message));
            return Future.succeededFuture();
        }
        int half = batch.size() / 2;
        return insert(link, batch.subList(0, half), 1)
                .compose(stored -> insert(link, batch.subList(half, batch.size()), 1));
    }

    /**
     * The rows are not stored, or nobody knows whether they are. The connection is given up as well, unless others merely
     * were in the way: a new one may mend what is wrong.
     */
    private void giveUp(Link link, List<Pending<T>> batch, Throwable cause) {
        var message = "the database did not confirm the commit: " + cause.getMessage();
        LOG.warn("event=batch_failed rows={} cause=\"{}\"", rows(batch), cause.getMessage());
        batch.forEach(pending -> pending.stored().fail(Failure.UNAVAILABLE.exception(message)));
        if (!SqlFailures.isContention(cause)) {
            link.connection.close();
            lost(link);
        }
    }

    /** Disconnects for good; a batch under way is ended first. */
    Future<Void> close() {
        closing = true;
        disconnectIfIdle();
        if (state instanceof State.Away) {
            become(new State.Closed<>());
        }
        return ended.future();
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
            ended.tryComplete();
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
