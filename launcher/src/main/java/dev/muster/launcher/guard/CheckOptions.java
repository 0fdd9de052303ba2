package dev.muster.launcher.guard;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code check} and {@code cleanup}, beside those that say which cluster. */
interface CheckOptions {
    @Option(
            names = "--namespace",
            defaultValue = "scaletest",
            paramLabel = "NAME",
            description = "Where the objects of runs are (default: ${DEFAULT-VALUE}).")
    String namespace();

    @Nullable @Option(
            names = "--on",
            paramLabel = "PLACE",
            description =
                    "kubernetes: of check, whether the experiment's roles are deployed, and how many pods would fit.")
    Place on();

    @Option(
            names = "--on-namespace",
            defaultValue = "muster",
            paramLabel = "NAME",
            description = "With --on=kubernetes, the namespace of Muster's Deployments (default: ${DEFAULT-VALUE}).")
    String deployedNamespace();

    /** Where the roles of a run are. */
    enum Place {
        KUBERNETES
    }
}
