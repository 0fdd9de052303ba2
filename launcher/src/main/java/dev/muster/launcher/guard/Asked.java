package dev.muster.launcher.guard;

import dev.muster.kube.Access;
import dev.muster.kube.KubeOptions;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.kubernetes.Kustomization;
import dev.muster.launcher.options.ConfigOption;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the command lines of commands whose only word is the experiment. */
final class Asked {
    /** The options of {@code check}. */
    static final List<OptionGroup> CHECK = List.of(
            OptionGroup.of("", KubeOptions.class),
            OptionGroup.of("", CheckOptions.class),
            OptionGroup.of("", ConfigOption.class));

    /** The options of {@code cleanup}. */
    static final List<OptionGroup> CLEANUP = Stream.concat(
                    Stream.of(OptionGroup.of("", CleanupOptions.class)), CHECK.stream())
            .toList();

    private static final String EXPERIMENT = "api";

    private Asked() {}

    static Options read(Invocation invocation, List<OptionGroup> groups) {
        var given = given(invocation, groups);
        var options = given.bind(groups);
        var known = options.of(CheckOptions.class).on() == null
                ? List.of(EXPERIMENT)
                : Stream.of(Kustomization.values())
                        .map(Kustomization::experiment)
                        .toList();
        if (given.words().size() != 1 || !known.contains(given.words().get(0))) {
            options.problem("name the experiment, which can only be " + String.join(", ", known) + ", not '"
                    + String.join(" ", given.words()) + "'");
        }
        options.problems(Access.problems(options.of(KubeOptions.class)));
        if (!options.problems().isEmpty()) {
            throw new UsageException(options.problems());
        }
        return options;
    }

    /** That of the experiment which was named. */
    static Kustomization kustomization(Invocation invocation) {
        return Kustomization.of(given(invocation, CHECK).words().get(0)).orElseThrow();
    }

    private static Given given(Invocation invocation, List<OptionGroup> groups) {
        return new Given(groups, Set.of(), invocation.arguments(), invocation.environment());
    }
}
