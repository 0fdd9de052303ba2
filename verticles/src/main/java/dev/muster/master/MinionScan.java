package dev.muster.master;

import dev.muster.bus.Failure;
import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import dev.muster.bus.Percentiles;
import dev.muster.master.MinionTable.Where;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.node.Summaries;
import dev.muster.sql.Cursor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads every minion of a question once, by a cursor and so in bounded memory, and sums up what it sees: the percentiles
 * come from a histogram of all samples. Belongs to one event loop.
 */
final class MinionScan {
    /** Labels compare a few Deployments; each value takes a histogram. */
    private static final int MAX_GROUPS = 100;

    private final MinionStatsQuery query;
    private final boolean durable;
    private final Group all = new Group();
    private final TreeMap<String, Group> groups = new TreeMap<>();

    MinionScan(MinionStatsQuery query, boolean durable) {
        this.query = query;
        this.durable = durable;
    }

    Future<MinionStats> run(Pool pool) {
        var where = new Where(query);
        // The labels are ASCII with escapes, what they say is not.
        var label = query.by() == null ? "NULL" : "JSON_VALUE(CONVERT(labels USING utf8mb4), CONCAT('$.\"', ?, '\"'))";
        var values = query.by() == null ? Tuple.tuple() : Tuple.of(query.by());
        for (int i = 0; i < where.values().size(); i++) {
            values.addValue(where.values().getValue(i));
        }
        var sql = "SELECT first_seen_micros, boot_micros, registrations, " + label + " FROM minions" + where.sql();
        return Cursor.forEach(pool, sql, values, this::take).map(read -> result());
    }

    private void take(Row row) {
        long seen = row.getLong(0);
        long latency = seen - row.getLong(1);
        long registrations = row.getLong(2);
        all.take(seen, latency, registrations);
        if (query.by() != null) {
            var value = row.getString(3);
            group(value == null ? "" : value).take(seen, latency, registrations);
        }
    }

    private Group group(String value) {
        var group = groups.computeIfAbsent(value, made -> new Group());
        if (groups.size() > MAX_GROUPS) {
            throw Failure.BAD_REQUEST.exception("label " + query.by() + " has more than " + MAX_GROUPS
                    + " values: group by one that more minions share");
        }
        return group;
    }

    private MinionStats result() {
        return new MinionStats(
                all.minions,
                all.registrations - all.minions,
                all.first(),
                all.last(),
                MinionTable.overallSeconds(query, all.first(), all.last()),
                durable,
                all.percentiles(),
                groups.entrySet().stream()
                        .map(entry -> entry.getValue().result(entry.getKey(), query))
                        .toList(),
                List.of());
    }

    /** The sums over some minions. */
    private static final class Group {
        private final Distribution latency = new Distribution();
        private long minions;
        private long registrations;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        void take(long seen, long latencyMicros, long times) {
            minions++;
            registrations += times;
            first = Math.min(first, seen);
            last = Math.max(last, seen);
            latency.record(latencyMicros);
        }

        @Nullable Long first() {
            return minions == 0 ? null : (Long) first;
        }

        @Nullable Long last() {
            return minions == 0 ? null : (Long) last;
        }

        Percentiles percentiles() {
            return Summaries.percentiles(Summary.of(Unit.MICROSECONDS, latency).in(Unit.MILLISECONDS));
        }

        MinionStats.Group result(String value, MinionStatsQuery query) {
            return new MinionStats.Group(
                    value,
                    minions,
                    registrations - minions,
                    MinionTable.overallSeconds(query, first(), last()),
                    percentiles());
        }
    }
}
