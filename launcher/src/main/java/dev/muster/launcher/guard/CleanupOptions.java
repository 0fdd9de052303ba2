package dev.muster.launcher.guard;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code cleanup} alone. */
interface CleanupOptions {
    @Nullable @Option(
            names = "--run",
            paramLabel = "ID",
            description =
                    "Only what this run has left, as --driver-run-id or the run's own id (default: of every run).")
    String run();

    @Option(
            names = "--resource",
            defaultValue = "configmaps",
            paramLabel = "NAME",
            description = "What was made: configmaps, or the resource.version.group of --driver-resource"
                    + " (default: ${DEFAULT-VALUE}).")
    String resource();

    @Option(names = "--yes", description = "Deletes without asking first.")
    boolean yes();
}
