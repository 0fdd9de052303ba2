package dev.muster.faults;

import dev.muster.kube.KubeOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The role's options as those of a connection to an API server. */
record Chosen(FaultsOptions options) implements KubeOptions {
    @Override
    public @Nullable Path kubeconfig() {
        return options.kubeconfig();
    }

    @Override
    public @Nullable String context() {
        return options.context();
    }

    @Override
    public @Nullable String server() {
        return null;
    }

    @Override
    public boolean insecure() {
        return false;
    }
}
