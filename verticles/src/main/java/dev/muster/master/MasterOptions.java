package dev.muster.master;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the role {@code master}. */
public interface MasterOptions {
    @Option(
            names = "--master-port",
            defaultValue = "8888",
            paramLabel = "PORT",
            description =
                    "HTTP port of /register, /stats, /minions, /tasks and /cleanup (default: 8888; 0: any free port).")
    int port();

    @Nullable @Option(
            names = "--master-db-url",
            paramLabel = "URL",
            description =
                    "MariaDB to store in: mysql://user:password@host:3306/database. Without it an embedded MariaDB is started where its binaries are there.")
    String dbUrl();

    @Option(
            names = "--master-db-connections",
            defaultValue = "2",
            paramLabel = "N",
            description = "Connections that write, each with one batch under way, 1 to 64 (default: 2).")
    int dbConnections();

    @Option(
            names = "--master-queue",
            defaultValue = "65536",
            paramLabel = "N",
            description =
                    "Registrations that may wait for the database; one more is answered 503 with Retry-After (default: 65536).")
    int queue();

    @Option(
            names = "--master-batch",
            defaultValue = "256",
            paramLabel = "N",
            description =
                    "Most registrations in one INSERT, 1 to 1024; 1 is one insert and one commit per request (default: 256).")
    int batch();

    @Option(
            names = "--master-table-engine",
            defaultValue = "innodb",
            paramLabel = "ENGINE",
            description =
                    "innodb, or memory: not durable, announced as such in /stats and the verdict (default: innodb).")
    TableEngine tableEngine();

    @Option(
            names = "--master-http-instances",
            defaultValue = "0",
            paramLabel = "N",
            description = "Instances of the HTTP verticle (default: 0, one for each processor).")
    int httpInstances();

    @Option(
            names = "--master-max-connections",
            defaultValue = "12000",
            paramLabel = "N",
            description =
                    "TCP connections that the HTTP port holds; one more is closed at once and counted (default: 12000).")
    int maxConnections();

    /** Where the rows live. */
    enum TableEngine {
        INNODB,
        MEMORY
    }
}
