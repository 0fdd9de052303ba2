package dev.muster.launcher.cluster;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a process that shares its event bus with others. */
public interface ClusterOptions {
    /** The option of the port. */
    String PORT = "--cluster-port";

    @Nullable @Option(
            names = "--cluster",
            paramLabel = "MEMBERS",
            description = "Shares the event bus with other processes: dns:NAME finds them by a headless Service,"
                    + " tcp:HOST:PORT,... by address (default: alone).")
    String cluster();

    @Nullable @Option(
            names = "--cluster-host",
            paramLabel = "ADDRESS",
            description = "Address of this machine that the other processes reach (default: --bind-address, or a"
                    + " site-local address when that is 0.0.0.0).")
    String clusterHost();

    @Option(
            names = PORT,
            defaultValue = "5701",
            paramLabel = "PORT",
            description = "Port that the other processes reach; when it is taken on loopback, the next free one"
                    + " (default: ${DEFAULT-VALUE}).")
    int clusterPort();
}
