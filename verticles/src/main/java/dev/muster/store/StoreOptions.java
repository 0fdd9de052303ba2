package dev.muster.store;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the role {@code store}. */
public interface StoreOptions {
    @Option(
            names = "--store-port",
            defaultValue = "2113",
            paramLabel = "PORT",
            description =
                    "HTTP port of /streams, an AtomPub interface as EventStoreDB has it. A stand-in, for trying out and"
                            + " testing (default: 2113; 0: any free port).")
    int port();

    @Nullable @Option(
            names = "--store-db-url",
            paramLabel = "URL",
            description =
                    "MariaDB to store in: mysql://user:password@host:3306/database; several stores may share one. Without"
                            + " it an embedded MariaDB is started where its binaries are there.")
    String dbUrl();

    @Option(
            names = "--store-db-connections",
            defaultValue = "2",
            paramLabel = "N",
            description = "Connections that write, each with one batch under way, 1 to 64 (default: 2).")
    int dbConnections();

    @Option(
            names = "--store-db-readers",
            defaultValue = "8",
            paramLabel = "N",
            description = "Connections that read, 1 to 64 (default: 8).")
    int dbReaders();

    @Option(
            names = "--store-batch",
            defaultValue = "256",
            paramLabel = "N",
            description = "Most events in one INSERT, 1 to 1024, unless one append has more; 1 is one commit per append"
                    + " (default: 256).")
    int batch();

    @Option(
            names = "--store-queue",
            defaultValue = "65536",
            paramLabel = "N",
            description =
                    "Events that may wait for the database; one more is answered 503 with Retry-After (default: 65536).")
    int queue();

    @Option(
            names = "--store-max-body",
            defaultValue = "1048576",
            paramLabel = "BYTES",
            description =
                    "Bytes of an append's body, 1024 to 8388608; a larger one is answered 413 (default: 1048576).")
    int maxBody();

    @Option(
            names = "--store-http-instances",
            defaultValue = "0",
            paramLabel = "N",
            description = "Instances of the HTTP verticle (default: 0, one for each processor).")
    int httpInstances();

    @Option(
            names = "--store-max-connections",
            defaultValue = "12000",
            paramLabel = "N",
            description =
                    "TCP connections that the HTTP port holds; one more is closed at once and counted (default: 12000).")
    int maxConnections();
}
