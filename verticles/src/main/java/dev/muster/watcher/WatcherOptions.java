package dev.muster.watcher;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the role {@code watcher}. */
public interface WatcherOptions {
    @Option(
            names = "--watcher-resource",
            defaultValue = "configmaps",
            paramLabel = "NAME",
            description = "What is watched: configmaps, pods, nodes, or any resource.version.group"
                    + " (default: ${DEFAULT-VALUE}).")
    String resource();

    @Option(
            names = "--watcher-namespace",
            defaultValue = "scaletest",
            paramLabel = "NAME",
            description = "Where; '*' for all namespaces (default: ${DEFAULT-VALUE}).")
    String namespace();

    @Option(
            names = "--watcher-selector",
            defaultValue = "",
            paramLabel = "LABELS",
            description = "Only objects with these labels, such as muster/run=x (default: all).")
    String selector();

    @Option(
            names = "--watcher-window",
            defaultValue = "300s",
            paramLabel = "DURATION",
            description = "Each watch has this time limit and a random part of as much again, 1s to 24h"
                    + " (default: ${DEFAULT-VALUE}).")
    Duration window();

    @Option(
            names = "--watcher-relist",
            description = "Lists anew for each watch, as the original does, instead of going on from the last resource"
                    + " version.")
    boolean relist();

    @Nullable @Option(
            names = "--watcher-csv",
            paramLabel = "FILE",
            description =
                    "Writes a line for each event: arrived,op,key,creation,resourceVersion,sent, the latter the time"
                            + " in its object that its lag counts from; times are UTC.")
    Path csv();
}
