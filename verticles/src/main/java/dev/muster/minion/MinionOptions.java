package dev.muster.minion;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the role {@code minion}. */
public interface MinionOptions {
    @Option(
            names = "--minion-count",
            defaultValue = "1",
            paramLabel = "N",
            description = "Virtual minions in this process, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    int count();

    @Option(
            names = "--minion-master-url",
            defaultValue = "http://127.0.0.1:8888",
            paramLabel = "URL",
            description = "Where the master answers, http only (default: http://127.0.0.1:8888).")
    String masterUrl();

    @Option(
            names = "--minion-ramp",
            defaultValue = "0s",
            paramLabel = "DURATION",
            description =
                    "The minions begin one after another over this time, up to 24h; 0s: all at once (default: ${DEFAULT-VALUE}).")
    Duration ramp();

    @Option(
            names = "--minion-arrival",
            defaultValue = "constant",
            paramLabel = "PROCESS",
            description =
                    "How the ramp is filled: constant, at equal distances; or poisson, at random (default: constant).")
    Arrival arrival();

    @Nullable @Option(
            names = "--minion-seed",
            paramLabel = "N",
            description =
                    "Repeats the random instants of an earlier start, whose log has its seed (default: a new one).")
    Long seed();

    @Nullable @Option(
            names = "--minion-id",
            paramLabel = "PREFIX",
            description =
                    "What the ids begin with: PREFIX-0, PREFIX-1, ... (default: the pod's UID from POD_UID, else the host name).")
    String id();

    @Option(
            names = "--minion-run",
            defaultValue = "",
            paramLabel = "RUN",
            description = "The run to register in; ids are unique within a run (default: none).")
    String run();

    @Option(
            names = "--minion-connections",
            defaultValue = "64",
            paramLabel = "N",
            description = "HTTP connections to the master, each with one request under way, 1 to 10000 (default: 64).")
    int connections();

    @Option(
            names = "--minion-timeout",
            defaultValue = "20s",
            paramLabel = "DURATION",
            description =
                    "How long a request to the master may take, 100ms to 10m (default: 20s, longer than the master lets one wait).")
    Duration timeout();

    @Option(
            names = "--minion-retry-max",
            defaultValue = "30s",
            paramLabel = "DURATION",
            description =
                    "The longest wait before a failed request is sent again, 100ms to 1h; a longer Retry-After of the master is honoured (default: 30s).")
    Duration retryMax();

    @Option(
            names = "--minion-poll",
            defaultValue = "10s",
            paramLabel = "DURATION",
            description = "How often a registered minion asks for tasks, 100ms to 1h; 0 is never (default: 10s).")
    Duration poll();

    @Option(
            names = "--minion-hold",
            description = "No minion begins before the command START comes over the bus, as runs send it.")
    boolean hold();

    /** How the minions' beginnings are spread over the ramp. */
    enum Arrival {
        CONSTANT,
        POISSON
    }
}
