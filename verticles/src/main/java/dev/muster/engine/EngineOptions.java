package dev.muster.engine;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the role {@code engine}. */
public interface EngineOptions {
    @Option(
            names = "--engine-broker",
            defaultValue = "127.0.0.1:1337",
            paramLabel = "HOST:PORT",
            description = "Where the broker listens (default: ${DEFAULT-VALUE}).")
    String broker();

    @Option(
            names = "--engine-count",
            defaultValue = "1",
            paramLabel = "N",
            description = "Virtual engines in this process, 1 to 1000000, each with a connection (default: 1).")
    int count();

    @Nullable @Option(
            names = "--engine-id",
            paramLabel = "ID",
            description = "The engine's id; several are called ID-0, ID-1, ... (default: the host name).")
    String id();

    @Option(
            names = "--engine-protocol",
            defaultValue = "v2",
            paramLabel = "PROTOCOL",
            description =
                    "v2, Muster's own, with acknowledged heartbeats; or v1, the original's, for any broker (default: v2).")
    Protocol protocol();

    @Option(
            names = "--engine-heartbeat",
            defaultValue = "10s",
            paramLabel = "DURATION",
            description = "Time between two heartbeats of an engine, 100ms to 1h (default: 10s).")
    Duration heartbeat();

    @Option(
            names = "--engine-ramp",
            defaultValue = "2s",
            paramLabel = "DURATION",
            description =
                    "The engines connect one after another over this time, up to 24h; 0s: all at once (default: 2s).")
    Duration ramp();

    @Option(
            names = "--engine-tick",
            defaultValue = "1ms",
            paramLabel = "DURATION",
            description =
                    "How often the process looks which heartbeats are due, 1ms to 1s: less often costs less CPU where there are many processes, and makes heartbeats later by as much (default: 1ms).")
    Duration tick();

    @Option(
            names = "--engine-timeout",
            defaultValue = "10s",
            paramLabel = "DURATION",
            description =
                    "How long a connection may take to be made, and again to be registered, 100ms to 10m (default: 10s).")
    Duration timeout();

    @Option(
            names = "--engine-retry",
            defaultValue = "4",
            paramLabel = "N",
            description =
                    "How often in a row an engine tries again before it gives up, 0 to 1000000, or forever (default: 4).")
    String retry();

    @Option(
            names = "--engine-retry-wait",
            defaultValue = "3s",
            paramLabel = "DURATION",
            description =
                    "The wait before the first retry, 10ms to 1h; the next ones wait twice, three times and from then on four times as long (default: 3s).")
    Duration retryWait();

    @Option(
            names = "--engine-source-addresses",
            split = ",",
            paramLabel = "ADDRESS",
            description =
                    "Own addresses to connect from, in turns, separated by commas: one address has ports for some 28000 connections to one broker (default: the system's choice).")
    List<String> sourceAddresses();

    @Option(
            names = "--engine-hold",
            description = "No engine connects before the command START comes over the bus, as runs send it.")
    boolean hold();

    @Option(
            names = "--engine-warm-up",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Other engines that connect, send heartbeats and leave within 3 s before these begin, so that a"
                            + " cold JVM is not what is measured; 0 to 100000 (default: 0).")
    int warmUp();

    /** What the engines speak. */
    enum Protocol {
        V1,
        V2
    }
}
