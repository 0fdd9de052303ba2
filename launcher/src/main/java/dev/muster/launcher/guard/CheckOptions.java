package dev.muster.launcher.guard;

import picocli.CommandLine.Option;

/** The options of {@code check} and {@code cleanup}, beside those that say which cluster. */
interface CheckOptions {
    @Option(
            names = "--namespace",
            defaultValue = "scaletest",
            paramLabel = "NAME",
            description = "Where the objects of runs are (default: ${DEFAULT-VALUE}).")
    String namespace();
}
