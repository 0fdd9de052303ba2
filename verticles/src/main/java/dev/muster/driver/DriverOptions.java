package dev.muster.driver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the role {@code driver}. */
public interface DriverOptions {
    @Option(
            names = "--driver-mode",
            defaultValue = "open",
            paramLabel = "MODE",
            description = "open: objects are created at a rate, whatever the server does, and deleted after their time;"
                    + " closed: each worker waits for its answer before it goes on (default: open).")
    Mode mode();

    @Option(
            names = "--driver-arrival",
            defaultValue = "poisson",
            paramLabel = "PROCESS",
            description =
                    "How open creations follow each other: poisson, constant, or ramp, which reaches the rate over"
                            + " --driver-ramp (default: poisson).")
    Arrival arrival();

    @Nullable @Option(
            names = "--driver-rate",
            paramLabel = "PER-SECOND",
            description = "open: objects created in a second, 0.001 to 100000 (default: 1); closed: operations of all"
                    + " kinds in a second, 0 for unlimited (default: 100).")
    Double rate();

    @Option(
            names = "--driver-ramp",
            defaultValue = "60s",
            paramLabel = "DURATION",
            description = "With --driver-arrival=ramp: how long the rate grows from 0, 1s to 24h (default: 60s).")
    Duration ramp();

    @Nullable @Option(
            names = "--driver-seed",
            paramLabel = "N",
            description = "Of the Poisson process: the same seed makes the same schedule (default: another each time).")
    Long seed();

    @Option(
            names = "--driver-objects",
            defaultValue = "300",
            paramLabel = "N",
            description = "Objects to create, 1 to 100000000 (default: 300).")
    int objects();

    @Option(
            names = "--driver-max-population",
            defaultValue = "100",
            paramLabel = "N",
            description = "Objects that are to exist at a time, 1 to 1000000: an open driver deletes each after this"
                    + " many over the rate, a closed one after so many later ones (default: 100).")
    int maxPopulation();

    @Option(
            names = "--driver-threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "closed: workers, each with one operation under way, 1 to 10000 (default: 1).")
    int threads();

    @Option(
            names = "--driver-connections",
            defaultValue = "1",
            paramLabel = "N",
            description = "HTTP/2 connections to the server, 1 to 1000 (default: 1).")
    int connections();

    @Option(
            names = "--driver-updates",
            defaultValue = "1",
            paramLabel = "N",
            description = "closed: patches of each object, 0 to 1000 (default: 1).")
    int updates();

    @Option(
            names = "--driver-create-only",
            description = "closed: objects are created, and neither patched nor deleted until the end.")
    boolean createOnly();

    @Nullable @Option(
            names = "--driver-create-bytes",
            paramLabel = "N",
            description = "Payload of an object, 0 to 1000000 bytes (default: 2000 when open, 100 when closed).")
    Integer createBytes();

    @Nullable @Option(
            names = "--driver-update-bytes",
            paramLabel = "N",
            description = "Payload after a patch, 0 to 1000000 bytes (default: that of --driver-create-bytes).")
    Integer updateBytes();

    @Option(
            names = "--driver-name-pad",
            defaultValue = "0",
            paramLabel = "N",
            description = "Letters by which each object's name is longer, 0 to 150 (default: 0).")
    int namePad();

    @Option(
            names = "--driver-trace-url",
            description = "Adds ?r=RUN&i=NUMBER to each request, so that it is found in the server's log.")
    boolean traceUrl();

    @Option(
            names = "--driver-endpoints",
            split = ",",
            paramLabel = "HOST:PORT",
            description =
                    "API servers to spread the connections over, separated by commas; kubernetes: those behind the"
                            + " Service of that name (default: the kubeconfig's server).")
    List<String> endpoints();

    @Nullable @Option(
            names = "--driver-run-id",
            paramLabel = "ID",
            description = "Marks the objects as of this run: 1 to 40 of a-z, 0-9 and - (default: made from the time).")
    String runId();

    @Option(
            names = "--driver-namespace",
            defaultValue = "scaletest",
            paramLabel = "NAME",
            description = "Where the objects are made; created when it is missing and we may (default: scaletest).")
    String namespace();

    @Option(
            names = "--driver-resource",
            defaultValue = "configmaps",
            paramLabel = "NAME",
            description = "What is made: configmaps, or any resource.version.group, such as"
                    + " flunders.v1alpha1.wardle.example.com (default: configmaps).")
    String resource();

    @Nullable @Option(
            names = "--driver-template",
            paramLabel = "FILE",
            description = "An object of that resource as JSON or YAML, in which the text ${payload} stands for the"
                    + " payload (default: known for configmaps and flunders).")
    Path template();

    @Option(
            names = "--driver-timestamp-format",
            defaultValue = "epoch",
            paramLabel = "FORMAT",
            description = "How annotations tell the time: epoch, in nanoseconds, or original, as the kit that Muster"
                    + " replaces (default: epoch).")
    TimestampFormat timestampFormat();

    @Nullable @Option(
            names = "--driver-csv",
            paramLabel = "FILE",
            description = "Writes a line for each operation: before,after,op,key,err,intended; times are UTC.")
    Path csv();

    @Option(
            names = "--driver-in-flight",
            defaultValue = "200",
            paramLabel = "N",
            description = "open: operations under way at a time, 1 to 100000; more wait, and their latency says so"
                    + " (default: 200).")
    int inFlight();

    @Option(
            names = "--driver-timeout",
            defaultValue = "30s",
            paramLabel = "DURATION",
            description = "How long an answer may take before the operation counts as unknown, 100ms to 10m"
                    + " (default: 30s).")
    Duration timeout();

    @Option(
            names = "--driver-warm-up",
            defaultValue = "0",
            paramLabel = "N",
            description = "Objects that are created and deleted before the load and not counted, so that a cold JVM is"
                    + " not what is measured; 0 to 100000 (default: 0).")
    int warmUp();

    @Option(names = "--driver-hold", description = "Waits for the command START before it begins.")
    boolean hold();

    /** Who decides when an operation begins. */
    enum Mode {
        OPEN,
        CLOSED
    }

    /** How open creations follow each other. */
    enum Arrival {
        POISSON,
        CONSTANT,
        RAMP
    }

    /** How annotations tell the time. */
    enum TimestampFormat {
        EPOCH,
        ORIGINAL
    }
}
