package dev.muster.master;

import dev.muster.bus.Cleaned;
import dev.muster.bus.MinionPage;
import dev.muster.bus.MinionPageQuery;
import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of the table of minions. */
final class MinionTable {
    private static final int MAX_PAGE = 1000;

    private final Pool pool;
    private final boolean durable;

    MinionTable(Pool pool, boolean durable) {
        this.pool = pool;
        this.durable = durable;
    }

    /** Counts and times; in full, with the distribution of the boot latency and the groups of a label. */
    Future<MinionStats> stats(MinionStatsQuery query) {
        return query.full() || query.by() != null ? new MinionScan(query, durable).run(pool) : counts(query);
    }

    private Future<MinionStats> counts(MinionStatsQuery query) {
        var where = new Where(query);
        return pool.preparedQuery("SELECT COUNT(*), CAST(COALESCE(SUM(registrations), 0) AS SIGNED),"
                        + " MIN(first_seen_micros), MAX(first_seen_micros) FROM minions" + where.sql())
                .execute(where.values())
                .map(rows -> {
                    var row = rows.iterator().next();
                    long registered = row.getLong(0);
                    var first = row.getLong(2);
                    var last = row.getLong(3);
                    return new MinionStats(
                            registered,
                            row.getLong(1) - registered,
                            first,
                            last,
                            overallSeconds(query, first, last),
                            durable,
                            null,
                            List.of(),
                            List.of());
                });
    }

    /** From the first registration, or the instant asked for, to the last; 0 when there is none. */
    static double overallSeconds(MinionStatsQuery query, @Nullable Long first, @Nullable Long last) {
        if (first == null || last == null) {
            return 0;
        }
        var start = query.startMicros() == null ? first : query.startMicros();
        return (last - start) / 1e6;
    }

    /** The next minions in the order of the primary key. */
    Future<MinionPage> page(MinionPageQuery query) {
        int limit = Math.max(1, Math.min(query.limit(), MAX_PAGE));
        var sql = "SELECT run, minion_id, pod, pod_uid, node, namespace, boot_micros, first_seen_micros,"
                + " COALESCE(last_seen_micros, first_seen_micros), registrations, tries, error_micros, labels FROM minions"
                + " WHERE (run > ? OR (run = ? AND minion_id > ?))" + (query.run() == null ? "" : " AND run = ?")
                + " ORDER BY run, minion_id LIMIT " + limit;
        var values = Tuple.of(query.afterRun(), query.afterRun(), query.afterId());
        if (query.run() != null) {
            values.addString(query.run());
        }
        return pool.preparedQuery(sql).execute(values).map(rows -> {
            var page = new ArrayList<MinionPage.Row>(rows.size());
            rows.forEach(row -> page.add(minion(row)));
            return new MinionPage(page);
        });
    }

    private static MinionPage.Row minion(Row row) {
        return new MinionPage.Row(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getInteger(10),
                row.getLong(11),
                labels(row.getString(12)));
    }

    private static Map<String, String> labels(@Nullable String json) {
        if (json == null) {
            return Map.of();
        }
        var labels = new HashMap<String, String>();
        new JsonObject(json).forEach(field -> labels.put(field.getKey(), String.valueOf(field.getValue())));
        return labels;
    }

    /** Deletes a run's minions and their assignments, or everything. */
    Future<Cleaned> clean(@Nullable String run) {
        var where = run == null ? "" : " WHERE run = ?";
        var values = run == null ? Tuple.tuple() : Tuple.of(run);
        return pool.withTransaction(connection -> connection
                        .preparedQuery("DELETE FROM assignments" + where)
                        .execute(values)
                        .compose(deleted -> connection
                                .preparedQuery("DELETE FROM tasks WHERE NOT EXISTS"
                                        + " (SELECT 1 FROM assignments WHERE assignments.task = tasks.task)")
                                .execute())
                        .compose(deleted -> connection
                                .preparedQuery("DELETE FROM minions" + where)
                                .execute(values)))
                .map(deleted -> new Cleaned(deleted.rowCount()));
    }

    /** Which minions a question is about. */
    record Where(String sql, Tuple values) {
        Where(MinionStatsQuery query) {
            this(condition(query), valuesOf(query));
        }

        private static String condition(MinionStatsQuery query) {
            var conditions = new ArrayList<String>();
            if (query.run() != null) {
                conditions.add("run = ?");
            }
            if (query.sinceMicros() != null) {
                conditions.add("first_seen_micros >= ?");
            }
            return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        }

        private static Tuple valuesOf(MinionStatsQuery query) {
            var values = Tuple.tuple();
            if (query.run() != null) {
                values.addString(query.run());
            }
            if (query.sinceMicros() != null) {
                values.addLong(query.sinceMicros());
            }
            return values;
        }
    }
}
