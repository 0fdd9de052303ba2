package dev.muster.master;

import dev.muster.master.MasterOptions.TableEngine;
import dev.muster.sql.Schema;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** The master's tables. All instants are epoch microseconds. */
final class MasterSchema {
    /** Bytes that a table in memory may grow to: the server's default of 16 MiB holds but a few thousand rows. */
    private static final long MEMORY_TABLE_BYTES = 2L << 30;

    private static final List<String> VERSION_1 = List.of("""
            CREATE TABLE IF NOT EXISTS minions (
              run VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
              minion_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
              boot_micros BIGINT NOT NULL,
              first_seen_micros BIGINT NOT NULL,
              last_seen_micros BIGINT NULL COMMENT 'null: seen once',
              registrations BIGINT NOT NULL DEFAULT 1,
              tries INT NOT NULL,
              error_micros BIGINT NULL COMMENT 'how wrong boot_micros may be',
              pod VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NULL,
              pod_uid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
              node VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NULL,
              namespace VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NULL,
              labels VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'JSON',
              PRIMARY KEY (run, minion_id)
            ) ENGINE=InnoDB""", """
            CREATE TABLE IF NOT EXISTS tasks (
              task BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
              kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
              spec VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
              timeout_millis BIGINT NOT NULL,
              created_micros BIGINT NOT NULL
            ) ENGINE=InnoDB""", """
            CREATE TABLE IF NOT EXISTS assignments (
              run VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
              minion_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
              task BIGINT NOT NULL,
              given_micros BIGINT NULL,
              reported_micros BIGINT NULL,
              done BOOLEAN NULL,
              duration_micros BIGINT NULL,
              detail VARCHAR(500) CHARACTER SET utf8mb4 NULL,
              PRIMARY KEY (run, minion_id, task),
              KEY (task),
              KEY (given_micros)
            ) ENGINE=InnoDB""");

    private final Schema schema = new Schema("master", List.of(VERSION_1));
    private final TableEngine engine;

    MasterSchema(TableEngine engine) {
        this.engine = engine;
    }

    /**
     * What every connection begins with. A table in memory takes its bound from the connection that makes it, and after
     * a restart of the server from the one that opens it first.
     */
    List<String> session() {
        return engine == TableEngine.MEMORY
                ? List.of("SET SESSION max_heap_table_size = " + MEMORY_TABLE_BYTES)
                : List.of();
    }

    /** Makes the tables what this build and its options want. */
    Future<Void> apply(SqlConnection connection) {
        return schema.apply(connection)
                .compose(before -> isConverted(connection))
                .compose(converted ->
                        converted ? Future.succeededFuture() : schema.alone(connection, () -> convert(connection)));
    }

    private Future<Boolean> isConverted(SqlConnection connection) {
        return connection
                .query("SELECT engine FROM information_schema.tables"
                        + " WHERE table_schema = DATABASE() AND table_name = 'minions'")
                .execute()
                .map(rows -> rows.iterator().next().getString(0).equalsIgnoreCase(engine.name()));
    }

    /** Unless another connection has done so since. */
    private Future<Void> convert(SqlConnection connection) {
        return isConverted(connection)
                .compose(converted -> converted
                        ? Future.succeededFuture()
                        : connection
                                .query("ALTER TABLE minions ENGINE=" + engine.name())
                                .execute()
                                .mapEmpty());
    }
}
