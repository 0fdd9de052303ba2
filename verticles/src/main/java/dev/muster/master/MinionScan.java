package dev.muster.master;

import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import dev.muster.bus.Percentiles;
import dev.muster.master.MinionTable.Where;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.node.Summaries;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads every minion of a question once, by a cursor and so in bounded memory, and sums up what it sees: the percentiles
 * come from a histogram of all samples. Belongs to one event loop.
 */
final class MinionScan {
    private static final int FETCH = 2_000;

    private final Pool pool;
    private final MinionStatsQuery query;
    private final boolean durable;
    private final Group all = new Group();
    private final TreeMap<String, Group> groups = new TreeMap<>();

    MinionScan(Pool pool, MinionStatsQuery query, boolean durable) {
        this.pool = pool;
        this.query = query;
        this.durable = durable;
    }

    Future<MinionStats> run() {
        // A cursor lives as long as its transaction.
        return pool.withTransaction(this::scan).map(read -> result());
    }

    private Future<Void> scan(SqlConnection connection) {
        var where = new Where(query);
        var label = query.by() == null ? "NULL" : "JSON_VALUE(labels, CONCAT('$.\"', ?, '\"'))";
        var values = query.by() == null ? Tuple.tuple() : Tuple.of(query.by());
        for (int i = 0; i < where.values().size(); i++) {
            values.addValue(where.values().getValue(i));
        }
        var sql = "SELECT first_seen_micros, boot_micros, registrations, " + label + " FROM minions" + where.sql();
        return connection.prepare(sql).compose(statement -> read(statement, values));
    }

    private Future<Void> read(PreparedStatement statement, Tuple values) {
        var end = Promise.<Void>promise();
        statement
                .createStream(FETCH, values)
                .exceptionHandler(end::tryFail)
                .endHandler(done -> end.tryComplete())
                .handler(this::take);
        return end.future();
    }

    private void take(Row row) {
        long seen = row.getLong(0);
        long latency = seen - row.getLong(1);
        long registrations = row.getLong(2);
        all.take(seen, latency, registrations);
        if (query.by() != null) {
            var value = row.getString(3);
            groups.computeIfAbsent(value == null ? "" : value, made -> new Group())
                    .take(seen, latency, registrations);
        }
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
        private final long[] buffer = new long[256];
        private final Distribution latency = new Distribution();
        private int buffered;
        private long minions;
        private long registrations;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        void take(long seen, long latencyMicros, long times) {
            minions++;
            registrations += times;
            first = Math.min(first, seen);
            last = Math.max(last, seen);
            buffer[buffered++] = latencyMicros;
            if (buffered == buffer.length) {
                flush();
            }
        }

        private void flush() {
            latency.add(Distribution.of(Arrays.copyOf(buffer, buffered)));
            buffered = 0;
        }

        @Nullable Long first() {
            return minions == 0 ? null : (Long) first;
        }

        @Nullable Long last() {
            return minions == 0 ? null : (Long) last;
        }

        Percentiles percentiles() {
            flush();
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
