package dev.muster.informer;

import dev.muster.kube.Encoding;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the role {@code informer}. */
public interface InformerOptions {
    @Option(
            names = "--informer-engine",
            defaultValue = "fabric8",
            paramLabel = "ENGINE",
            description =
                    "What lists and watches: fabric8, the informer of the library of that name, which makes objects"
                            + " of all that comes; raw, which looks for a few texts in the bytes (default: fabric8).")
    Engine engine();

    @Option(
            names = "--informer-encoding",
            defaultValue = "json",
            paramLabel = "ENCODING",
            description = "raw: how the server is to write events: json or protobuf, which custom resources don't have"
                    + " (default: json).")
    Encoding encoding();

    @Option(
            names = "--informer-resource",
            defaultValue = "configmaps",
            paramLabel = "NAME",
            description = "What is watched: configmaps, pods, nodes, or any resource.version.group"
                    + " (default: configmaps).")
    String resource();

    @Option(
            names = "--informer-namespace",
            defaultValue = "scaletest",
            paramLabel = "NAME",
            description = "Where; '*' for all namespaces (default: scaletest).")
    String namespace();

    @Option(
            names = "--informer-selector",
            defaultValue = "",
            paramLabel = "LABELS",
            description = "Only objects with these labels, such as muster/run=x (default: all).")
    String selector();

    @Option(
            names = "--informer-workers",
            defaultValue = "1",
            paramLabel = "N",
            description = "Workers that take changed objects off the queue, each one object at a time, 1 to 1000"
                    + " (default: 1).")
    int workers();

    @Option(
            names = "--informer-work",
            defaultValue = "0s",
            paramLabel = "DURATION",
            description = "How long a worker takes for an object, 0s to 1m (default: 0s, which is at once).")
    Duration work();

    @Option(
            names = "--informer-compare",
            description =
                    "Compares each object that is worked off with what was last worked off under its name, and counts"
                            + " those that are the same.")
    boolean compare();

    @Nullable @Option(
            names = "--informer-csv",
            paramLabel = "FILE",
            description = "Writes a line for each object that is worked off:"
                    + " dequeue,op,key,creation,adds,updates,deletes,firstEnqueue,lastEnqueue,diff; times are UTC.")
    Path csv();

    @Option(
            names = "--informer-original-metrics",
            description = "Also shows Prometheus the metrics under the names of the kit that Muster replaces"
                    + " (scaletest_configmaps_create_latency_seconds and so on).")
    boolean originalMetrics();

    /** What lists and watches. */
    enum Engine {
        FABRIC8,
        RAW
    }
}
