package dev.muster.launcher.run.stress;

import dev.muster.launcher.options.Within;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The parameters of the experiment {@code stress}. */
interface StressRunOptions {
    String HPA = "--hpa";
    String CLUSTER = "--cluster";
    String URL = "--url";

    @Option(
            names = "--pods",
            defaultValue = "2",
            paramLabel = "N",
            description = "Processes with the role stress to start on this machine, 0 to 64; 0: those that are there"
                    + " already, see --cluster (default: ${DEFAULT-VALUE}).")
    @Within(least = "0", most = "64")
    int pods();

    @Nullable @Option(
            names = CLUSTER,
            paramLabel = "MEMBERS",
            description = "The bus of pods that run already, as they were given it: dns:NAME or tcp:HOST:PORT,...; goes"
                    + " with --pods=0.")
    String cluster();

    @Option(
            names = "--profile",
            defaultValue = "steps",
            paramLabel = "SHAPE",
            description =
                    "steps: up in equal steps; ramp: up, then down; sine; balance: no such load, but requests to /cpu for"
                            + " half of the time, one to /stress, and /cpu again (default: ${DEFAULT-VALUE}).")
    Profile.Shape profile();

    @Option(
            names = "--load",
            defaultValue = "100",
            paramLabel = "PERCENT",
            description = "The most that all pods together are asked for, in percent of one core: 250 is two and a half"
                    + " cores, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000000")
    int load();

    @Option(
            names = "--base",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "The least, from where steps, ramp and sine rise, 0 to 1000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "0", most = "1000000")
    int base();

    @Option(
            names = "--duration",
            defaultValue = "40s",
            paramLabel = "DURATION",
            description = "How long the profile is, 1s to 24h (default: ${DEFAULT-VALUE}).")
    @Within(least = "1s", most = "24h")
    Duration duration();

    @Option(
            names = "--steps",
            defaultValue = "4",
            paramLabel = "N",
            description = "How many steps --profile=steps has, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000")
    int steps();

    @Option(
            names = "--period",
            defaultValue = "20s",
            paramLabel = "DURATION",
            description = "One up and down of --profile=sine, 2s to 24h (default: ${DEFAULT-VALUE}).")
    @Within(least = "2s", most = "24h")
    Duration period();

    @Option(
            names = "--kind",
            defaultValue = "float",
            paramLabel = "KIND",
            description =
                    "What the pods do with the CPU: float, int, memory (bandwidth), sha (default: ${DEFAULT-VALUE}).")
    Kind kind();

    @Option(
            names = "--stress-headroom",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description =
                    "Share of its CPU that each pod started here leaves free, 0 to 90 (default: ${DEFAULT-VALUE}).")
    @Within(least = "0", most = "90")
    int headroom();

    @Nullable @Option(
            names = HPA,
            paramLabel = "NAMESPACE/NAME",
            description =
                    "The HorizontalPodAutoscaler to watch; needs the Kubernetes API. The run then lasts until it has"
                            + " scaled down again, or --timeout after the load.")
    String hpa();

    @Nullable @Option(
            names = URL,
            paramLabel = "URL",
            description =
                    "Where --profile=balance sends its requests: the Service's address as a client pod or the outside"
                            + " knows it (default: the pods started here, in turns).")
    String url();

    @Option(
            names = "--rate",
            defaultValue = "20",
            paramLabel = "N",
            description = "Requests per second to /cpu of --profile=balance, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000")
    int rate();

    @Option(
            names = "--stress-keepalive",
            description =
                    "The requests of --profile=balance share connections. A Service spreads connections, so that without"
                            + " this each request has one of its own.")
    boolean keepalive();

    /** What burns, as the role knows it. */
    enum Kind {
        FLOAT,
        INT,
        MEMORY,
        SHA
    }
}
