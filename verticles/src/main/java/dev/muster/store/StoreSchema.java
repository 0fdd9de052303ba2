package dev.muster.store;

import dev.muster.sql.Schema;
import java.util.List;

/** The store's tables. All instants are epoch microseconds. */
final class StoreSchema {
    /** What is in {@code kind}. */
    static final int BYTES = 0;

    static final int JSON = 1;

    /** The last event of a stream that is deleted for good: nothing comes behind it, whoever appends. */
    static final int TOMBSTONE = 2;

    private static final List<String> VERSION_1 = List.of("""
            CREATE TABLE IF NOT EXISTS store_events (
              stream VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
              number BIGINT NOT NULL,
              event_id BINARY(16) NOT NULL,
              kind TINYINT NOT NULL COMMENT '0 bytes, 1 JSON, 2 tombstone',
              type VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
              created_micros BIGINT NOT NULL,
              data LONGBLOB NOT NULL,
              metadata LONGBLOB NOT NULL,
              PRIMARY KEY (stream, number),
              UNIQUE KEY (stream, event_id)
            ) ENGINE=InnoDB""", """
            CREATE TABLE IF NOT EXISTS store_streams (
              stream VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL PRIMARY KEY,
              first BIGINT NOT NULL COMMENT 'events below are deleted'
            ) ENGINE=InnoDB""");

    static final Schema SCHEMA = new Schema("store", List.of(VERSION_1));

    private StoreSchema() {}
}
