package dev.muster.kube;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the kubeconfig that applies, and reads it with fabric8. Blocks; an exec plugin is run. */
final class Kubeconfigs {
    private static final String VARIABLE = "KUBECONFIG";

    private final Optional<Path> given;
    private final Map<String, String> environment;

    Kubeconfigs(@Nullable Path given, Map<String, String> environment) {
        this.given = Optional.ofNullable(given);
        this.environment = environment;
    }

    /** The files that apply: the one given, those of the variable that exist, else the user's own if it exists. */
    List<Path> files() throws IOException {
        if (given.isPresent()) {
            if (!Files.isRegularFile(given.get())) {
                throw new IOException("--kubeconfig: there is no file " + given.get());
            }
            return List.of(given.get());
        }
        var named = environment.getOrDefault(VARIABLE, "");
        var all = named.isEmpty()
                ? List.of(home().resolve(".kube/config"))
                : Arrays.stream(named.split(":"))
                        .filter(name -> !name.isBlank())
                        .map(Path::of)
                        .toList();
        var there = all.stream().filter(Files::isRegularFile).toList();
        if (there.isEmpty() && !named.isEmpty()) {
            throw new IOException(VARIABLE + " names " + named + ", and there is no such file: correct it, or give"
                    + " --kubeconfig=FILE");
        }
        return there;
    }

    private Path home() {
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    }

    /**
     * The settings of a context.
     *
     * @param context its name; null for the current one
     * @throws IOException when a file can't be read or holds no such context
     */
    Config read(List<Path> files, @Nullable String context) throws IOException {
        var where = String.join(":", files.stream().map(Path::toString).toList());
        try {
            // Several files are merged by fabric8 alone, which takes their names from the variable itself.
            var config = files.size() == 1
                    ? Config.fromKubeconfig(context, files.get(0).toFile())
                    : Config.autoConfigure(context);
            requireContext(config, context, where);
            return config;
        } catch (RuntimeException e) { // each parser fails in its own way
            throw new IOException("the kubeconfig " + where + " can't be read: " + firstLine(e), e);
        }
    }

    private static void requireContext(Config config, @Nullable String wanted, String where) throws IOException {
        var contexts = Optional.ofNullable(config.getContexts()).orElse(List.of());
        var names = contexts.stream().map(NamedContext::getName).sorted().toList();
        if (wanted != null && !names.contains(wanted)) {
            throw new IOException("--kube-context: there is no context '" + wanted + "' in " + where + ", but "
                    + (names.isEmpty() ? "none at all" : String.join(", ", names)));
        }
        if (config.getCurrentContext() == null) {
            throw new IOException("the kubeconfig " + where + " has no current context: give --kube-context, one of "
                    + String.join(", ", names) + ", or choose one with kubectl config use-context");
        }
    }

    private static String firstLine(Exception e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
