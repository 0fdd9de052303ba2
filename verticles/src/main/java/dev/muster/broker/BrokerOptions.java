package dev.muster.broker;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of the role {@code broker}. */
public interface BrokerOptions {
    @Option(
            names = "--broker-port",
            defaultValue = "1337",
            paramLabel = "PORT",
            description = "TCP port that engines connect to (default: 1337; 0: any free port).")
    int port();

    @Option(
            names = "--broker-http-port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "HTTP port of /dowork, /kill, /stats and /engines; 0: any free port"
                    + " (default: ${DEFAULT-VALUE}).")
    int httpPort();

    @Option(
            names = "--broker-instances",
            defaultValue = "0",
            paramLabel = "N",
            description = "Event loops that hold connections (default: 0, one for each processor).")
    int instances();

    @Option(
            names = "--broker-max-connections",
            defaultValue = "16000",
            paramLabel = "N",
            description =
                    "TCP connections to hold; one more is told so and closed. Each needs an open file (default: 16000).")
    int maxConnections();

    @Option(
            names = "--broker-heartbeat",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = "How often each engine sends a heartbeat, to tell late and missed ones (default: 10s).")
    Duration heartbeat();

    @Option(
            names = "--broker-silent",
            defaultValue = "40s",
            paramLabel = "TIME",
            description = "An engine that was not heard for longer is listed as silent (default: 40s).")
    Duration silent();

    @Option(
            names = "--broker-forget",
            defaultValue = "5m",
            paramLabel = "TIME",
            description =
                    "An engine that was not heard for longer is forgotten, and its connection closed (default: 5m).")
    Duration forget();

    @Option(
            names = "--broker-handshake",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = "A connection on which no engine registers for longer is closed (default: 10s).")
    Duration handshake();
}
