package dev.muster.master;

import dev.muster.bus.CreateTask;
import dev.muster.bus.Failure;
import dev.muster.bus.MinionStats.TaskStats;
import dev.muster.bus.NextTask;
import dev.muster.bus.Percentiles;
import dev.muster.bus.Stored;
import dev.muster.bus.TaskCreated;
import dev.muster.bus.TaskKind;
import dev.muster.bus.TaskOffer;
import dev.muster.bus.TaskReport;
import dev.muster.measure.Distribution;
import dev.muster.measure.EpochClock;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.node.Summaries;
import dev.muster.sql.Cursor;
import io.vertx.core.Future;
import io.vertx.mysqlclient.MySQLClient;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tasks and who does them. A task is assigned when it is created, to minions that are registered then, so that its books
 * balance: assigned = waiting + given + done + failed. It is given to each minion once. Belongs to one event loop.
 */
final class TaskTable {
    private static final int SHOWN = 100;

    /** A poll that finds no work known asks the database again after this time: another process may have made a task. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Pool pool;
    private final EpochClock clock;
    private boolean anyWaiting;
    private long lookedAt;
    private boolean looking;

    TaskTable(Pool pool, EpochClock clock) {
        this.pool = pool;
        this.clock = clock;
        this.lookedAt = System.nanoTime() - FRESH_NANOS;
    }

    private long nowMicros() {
        return clock.nanos() / 1_000;
    }

    Future<TaskCreated> create(CreateTask task) {
        return pool.withTransaction(connection -> connection
                        .preparedQuery(
                                "INSERT INTO tasks (kind, spec, timeout_millis, created_micros) VALUES (?, ?, ?, ?)")
                        .execute(Tuple.of(task.kind().word(), task.spec(), task.timeoutMillis(), nowMicros()))
                        .compose(made -> assign(connection, task, made.property(MySQLClient.LAST_INSERTED_ID))))
                .onSuccess(created -> anyWaiting = true);
    }

    private Future<TaskCreated> assign(SqlConnection connection, CreateTask task, long id) {
        var conditions = new ArrayList<String>();
        var values = Tuple.of(id);
        if (task.run() != null) {
            conditions.add("run = ?");
            values.addString(task.run());
        }
        if (!task.ids().isEmpty()) {
            conditions.add("minion_id IN ("
                    + String.join(",", Collections.nCopies(task.ids().size(), "?")) + ")");
            task.ids().forEach(values::addString);
        }
        var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        var limit = task.count() == null ? "" : " ORDER BY run, minion_id LIMIT " + task.count();
        return connection
                .preparedQuery("INSERT INTO assignments (run, minion_id, task) SELECT run, minion_id, ? FROM minions"
                        + where + limit)
                .execute(values)
                .compose(assigned -> assigned.rowCount() > 0
                        ? Future.succeededFuture(new TaskCreated(id, assigned.rowCount()))
                        : Future.failedFuture(Failure.BAD_REQUEST.exception("no registered minion matches")));
    }

    /** The next task for a minion; {@link TaskOffer#NONE} when there is none. Idle polls don't reach the database. */
    Future<TaskOffer> next(NextTask asking) {
        return lookIfStale().compose(looked -> anyWaiting ? find(asking) : Future.succeededFuture(TaskOffer.NONE));
    }

    private Future<Void> lookIfStale() {
        if (anyWaiting || looking || System.nanoTime() - lookedAt < FRESH_NANOS) {
            return Future.succeededFuture();
        }
        return look();
    }

    private Future<Void> look() {
        looking = true;
        return pool.query("SELECT EXISTS (SELECT 1 FROM assignments WHERE given_micros IS NULL)")
                .execute()
                .onSuccess(rows -> {
                    anyWaiting = rows.iterator().next().getInteger(0) == 1;
                    lookedAt = System.nanoTime();
                })
                .onComplete(done -> looking = false)
                .mapEmpty();
    }

    private Future<TaskOffer> find(NextTask asking) {
        return pool.preparedQuery("SELECT task, kind, spec, timeout_millis FROM assignments JOIN tasks USING (task)"
                        + " WHERE run = ? AND minion_id = ? AND given_micros IS NULL ORDER BY task LIMIT 1")
                .execute(Tuple.of(asking.run(), asking.minionId()))
                .compose(found -> found.size() == 0
                        ? lookAgain()
                        : give(asking, found.iterator().next()));
    }

    /** This minion has no work; perhaps nobody has any more, and polls can be answered from memory again. */
    private Future<TaskOffer> lookAgain() {
        boolean stale = !looking && System.nanoTime() - lookedAt >= FRESH_NANOS;
        return (stale ? look() : Future.<Void>succeededFuture()).map(TaskOffer.NONE);
    }

    private Future<TaskOffer> give(NextTask asking, Row found) {
        var task = new TaskOffer.Task(
                found.getLong(0), TaskKind.of(found.getString(1)).orElseThrow(), found.getString(2), found.getLong(3));
        return pool.preparedQuery("UPDATE assignments SET given_micros = ?"
                        + " WHERE run = ? AND minion_id = ? AND task = ? AND given_micros IS NULL")
                .execute(Tuple.of(nowMicros(), asking.run(), asking.minionId(), task.id()))
                // Another request of the same minion may have been faster.
                .map(given -> given.rowCount() == 1 ? new TaskOffer(task) : TaskOffer.NONE);
    }

    Future<Stored> report(TaskReport report) {
        var values = Tuple.of(nowMicros(), report.done(), report.durationMicros(), report.detail());
        values.addString(report.run()).addString(report.minionId()).addLong(report.task());
        return pool.preparedQuery(
                        "UPDATE assignments SET reported_micros = ?, done = ?, duration_micros = ?, detail = ?"
                                + " WHERE run = ? AND minion_id = ? AND task = ?"
                                + " AND given_micros IS NOT NULL AND reported_micros IS NULL")
                .execute(values)
                .compose(stored -> stored.rowCount() == 1 ? Future.succeededFuture() : requireGiven(report))
                .map(Stored.INSTANCE);
    }

    /** A report that changed nothing is fine when it is a repetition, and an error when there is no such task. */
    private Future<Void> requireGiven(TaskReport report) {
        return pool.preparedQuery("SELECT 1 FROM assignments"
                        + " WHERE run = ? AND minion_id = ? AND task = ? AND given_micros IS NOT NULL")
                .execute(Tuple.of(report.run(), report.minionId(), report.task()))
                .compose(rows -> rows.size() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(Failure.BAD_REQUEST.exception(
                                "task " + report.task() + " was never given to minion " + report.minionId())));
    }

    /** The books of the newest tasks, newest first. */
    Future<List<TaskStats>> stats() {
        return pool.query("SELECT task, kind, spec, COUNT(minion_id), COALESCE(SUM(given_micros IS NULL), 0),"
                        + " COALESCE(SUM(given_micros IS NOT NULL AND reported_micros IS NULL), 0),"
                        + " COALESCE(SUM(done = 1), 0), COALESCE(SUM(done = 0), 0)"
                        + " FROM (SELECT * FROM tasks ORDER BY task DESC LIMIT " + SHOWN + ") AS newest"
                        + " LEFT JOIN assignments USING (task) GROUP BY task, kind, spec ORDER BY task DESC")
                .execute()
                .compose(books -> books.size() == 0
                        ? Future.succeededFuture(List.of())
                        : durations(books).map(durations -> taskStats(books, durations)));
    }

    private Future<Map<Long, Distribution>> durations(RowSet<Row> books) {
        long oldest = Long.MAX_VALUE;
        for (var row : books) {
            oldest = Math.min(oldest, row.getLong(0));
        }
        var byTask = new HashMap<Long, Distribution>();
        return Cursor.forEach(
                        pool,
                        "SELECT task, duration_micros FROM assignments WHERE task >= ? AND done = 1",
                        Tuple.of(oldest),
                        row -> byTask.computeIfAbsent(row.getLong(0), task -> new Distribution())
                                .record(row.getLong(1)))
                .map(read -> byTask);
    }

    private static List<TaskStats> taskStats(RowSet<Row> books, Map<Long, Distribution> durations) {
        var stats = new ArrayList<TaskStats>();
        for (var row : books) {
            long task = row.getLong(0);
            stats.add(new TaskStats(
                    task,
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    percentiles(durations.getOrDefault(task, new Distribution()))));
        }
        return stats;
    }

    private static Percentiles percentiles(Distribution micros) {
        return Summaries.percentiles(Summary.of(Unit.MICROSECONDS, micros).in(Unit.MILLISECONDS));
    }
}
