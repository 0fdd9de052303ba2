package dev.muster.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A versioned set of tables. Each version is a list of statements; the table {@code muster_schema} holds the versions
 * that were applied, and a lock in the database keeps two processes from applying the same one.
 *
 * <p>The database commits each change of a table by itself. When it dies in the middle of a version, that version is
 * applied again from its beginning: every statement must bear being repeated ({@code IF NOT EXISTS}).
 */
public final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final int LOCK_SECONDS = 5;
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS muster_schema (
              name VARCHAR(64) NOT NULL,
              version INT NOT NULL,
              applied_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
              PRIMARY KEY (name, version)
            )""";

    private final String name;
    private final List<List<String>> versions;

    /**
     * @param name of the set of tables, such as {@code master}
     * @param versions the statements of version 1, 2, and so on; a released version is never changed
     */
    public Schema(String name, List<List<String>> versions) {
        this.name = name;
        this.versions = versions.stream().map(List::copyOf).toList();
    }

    /**
     * Brings the tables to the newest version. Fails when the database has a newer one than this build knows.
     *
     * @return the version before, 0 for none
     */
    public Future<Integer> apply(SqlConnection connection) {
        return current(connection).compose(version -> {
            if (version == versions.size()) {
                return Future.succeededFuture(version);
            }
            return alone(connection, () -> current(connection).compose(now -> upgrade(connection, now)));
        });
    }

    /** Does something to the tables while no other process applies this schema, nor does the like. */
    public <R> Future<R> alone(SqlConnection connection, Supplier<Future<R>> work) {
        return locked(connection).compose(locked -> work.get()
                .eventually(() -> connection.preparedQuery("DO RELEASE_LOCK(?)").execute(Tuple.of(lock()))));
    }

    private String lock() {
        return "muster_schema_" + name;
    }

    private Future<Void> locked(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT GET_LOCK(?, ?)")
                .execute(Tuple.of(lock(), LOCK_SECONDS))
                .compose(
                        rows -> Integer.valueOf(1).equals(rows.iterator().next().getInteger(0))
                                ? Future.succeededFuture()
                                : Future.failedFuture(
                                        "another process holds the lock on the schema for " + LOCK_SECONDS + " s"));
    }

    private Future<Integer> current(SqlConnection connection) {
        return connection
                .query(TABLE)
                .execute()
                .compose(made -> connection
                        .preparedQuery("SELECT COALESCE(MAX(version), 0) FROM muster_schema WHERE name = ?")
                        .execute(Tuple.of(name)))
                .map(rows -> rows.iterator().next().getInteger(0))
                .compose(version -> version > versions.size()
                        ? Future.failedFuture("the database has version " + version + " of the schema '" + name
                                + "', this build knows " + versions.size() + ": use a newer build")
                        : Future.succeededFuture(version));
    }

    private Future<Integer> upgrade(SqlConnection connection, int before) {
        var done = Future.<Void>succeededFuture();
        for (int version = before + 1; version <= versions.size(); version++) {
            int next = version;
            done = done.compose(previous -> step(connection, next));
        }
        return done.map(before);
    }

    private Future<Void> step(SqlConnection connection, int version) {
        var done = Future.<Void>succeededFuture();
        for (var statement : versions.get(version - 1)) {
            done = done.compose(
                    previous -> connection.query(statement).execute().mapEmpty());
        }
        return done.compose(applied -> connection
                        .preparedQuery("INSERT INTO muster_schema (name, version) VALUES (?, ?)")
                        .execute(Tuple.of(name, version)))
                .onSuccess(applied -> LOG.info("event=schema_applied name={} version={}", name, version))
                .mapEmpty();
    }
}
