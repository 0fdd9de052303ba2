package dev.muster.launcher.run.blocks;

import dev.muster.launcher.options.Within;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The parameters of the experiment {@code blocks}. */
interface BlocksOptions {
    @Option(
            names = "--duration",
            defaultValue = "5s",
            paramLabel = "DURATION",
            description =
                    "Time of each of the three parts: download and upload at full speed, and paced download, 1s to"
                            + " 24h (default: ${DEFAULT-VALUE}).")
    @Within(least = "1s", most = "24h")
    Duration duration();

    @Option(
            names = "--warm-up",
            defaultValue = "3s",
            paramLabel = "DURATION",
            description = "Time each way before the load that is not recorded, so that a cold JVM is not what is"
                    + " measured, 0s to 10m (default: ${DEFAULT-VALUE}).")
    @Within(least = "0s", most = "10m")
    Duration warmUp();

    @Option(
            names = "--connections",
            defaultValue = "1",
            paramLabel = "N",
            description = "Connections of the client, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000")
    int connections();

    @Option(
            names = "--streams",
            defaultValue = "1",
            paramLabel = "N",
            description = "Requests at a time on each connection, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "10000")
    int streams();

    @Option(
            names = "--size",
            defaultValue = "1048576",
            paramLabel = "BYTES",
            description = "Bytes of a block at full speed, 2 to 1073741824 (default: ${DEFAULT-VALUE}).")
    @Within(least = "2", most = "1073741824")
    int size();

    @Option(
            names = "--per-request",
            defaultValue = "64",
            paramLabel = "N",
            description = "Blocks of a request at full speed, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000000")
    int perRequest();

    @Option(
            names = "--period",
            defaultValue = "10ms",
            paramLabel = "DURATION",
            description = "One block each period in the paced part, 1ms to 1m (default: ${DEFAULT-VALUE}).")
    @Within(least = "1ms", most = "1m")
    Duration period();

    @Option(
            names = "--paced-size",
            defaultValue = "500",
            paramLabel = "BYTES",
            description = "Bytes of a paced block, 2 to 1073741824 (default: ${DEFAULT-VALUE}).")
    @Within(least = "2", most = "1073741824")
    int pacedSize();

    @Option(
            names = "--paced-per-request",
            defaultValue = "100",
            paramLabel = "N",
            description = "Blocks of a paced request, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000000")
    int pacedPerRequest();

    @Option(names = "--plain", description = "Without TLS: HTTP/2 with prior knowledge (h2c).")
    boolean plain();

    @Option(
            names = "--window",
            defaultValue = "16777216",
            paramLabel = "BYTES",
            description = "HTTP/2 windows of both sides, 65535 to 2147483647 (default: ${DEFAULT-VALUE}).")
    @Within(least = "65535", most = "2147483647")
    int window();

    @Option(
            names = "--frame",
            defaultValue = "1048576",
            paramLabel = "BYTES",
            description = "Largest HTTP/2 frame that both sides take, 16384 to 16777215 (default: ${DEFAULT-VALUE}).")
    @Within(least = "16384", most = "16777215")
    int frame();
}
