package dev.muster.launcher.run.connections;

import dev.muster.launcher.options.Within;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The parameters of the experiment {@code connections}. */
interface ConnectionsOptions {
    @Option(
            names = "--engines",
            defaultValue = "5000",
            paramLabel = "N",
            description = "Engines, each with a connection of its own, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000000")
    int engines();

    @Option(
            names = "--ramp",
            defaultValue = "10s",
            paramLabel = "DURATION",
            description = "Time over which they connect, evenly, 0s to 24h (default: ${DEFAULT-VALUE}).")
    @Within(least = "0s", most = "24h")
    Duration ramp();

    @Option(
            names = "--duration",
            defaultValue = "30s",
            paramLabel = "DURATION",
            description = "How long they are held after the ramp, 1s to 24h (default: ${DEFAULT-VALUE}).")
    @Within(least = "1s", most = "24h")
    Duration duration();

    @Option(
            names = "--warm-up",
            defaultValue = "500",
            paramLabel = "N",
            description =
                    "Engines that connect, send heartbeats and leave before the load and are not recorded, so that a"
                            + " cold JVM is not what is measured; 0 to 100000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "0", most = "100000")
    int warmUp();

    @Option(
            names = "--heartbeat",
            defaultValue = "10s",
            paramLabel = "DURATION",
            description = "Time between two heartbeats of an engine, 1s to 1h (default: ${DEFAULT-VALUE}).")
    @Within(least = "1s", most = "1h")
    Duration heartbeat();

    @Option(
            names = "--protocol",
            defaultValue = "v2",
            paramLabel = "PROTOCOL",
            description = "v2, with acknowledged heartbeats; or v1, the original's (default: ${DEFAULT-VALUE}).")
    Protocol protocol();

    @Nullable @Option(
            names = "--broker",
            paramLabel = "HOST:PORT",
            description = "A broker that runs already; what it measures is not in the result then, and neither is its"
                    + " memory (default: one in the process of the run).")
    String broker();

    /** What the engines speak. */
    enum Protocol {
        V1,
        V2
    }
}
