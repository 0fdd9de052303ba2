package dev.muster.stress;

import picocli.CommandLine.Option;

/** The options of the role {@code stress}. */
public interface StressOptions {
    @Option(
            names = "--stress-port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description =
                    "HTTP port of /stress, /cpu, /insight and /whoami (0: any free port; default: ${DEFAULT-VALUE}).")
    int port();

    @Option(
            names = "--stress-headroom",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description =
                    "Share of the pod's CPU limit, or of the machine, that all jobs together leave free, 0 to 90: under a limit the rest of the pod is not throttled with them then (default: 0).")
    int headroom();

    @Option(
            names = "--stress-max-jobs",
            defaultValue = "16",
            paramLabel = "N",
            description = "Jobs at the same time; one more is refused, 1 to 1000 (default: 16).")
    int maxJobs();
}
