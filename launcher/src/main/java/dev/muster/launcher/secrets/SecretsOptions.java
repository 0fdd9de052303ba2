package dev.muster.launcher.secrets;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code secrets}. */
public interface SecretsOptions {
    @Nullable @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "Where they are made (default: POD_NAMESPACE, else muster).")
    String namespace();
}
