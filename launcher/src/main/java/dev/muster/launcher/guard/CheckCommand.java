package dev.muster.launcher.guard;

import dev.muster.kube.KubeOptions;
import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.options.Help;

/** Looks at a cluster as a run would before it loads it, and does nothing to it. */
public final class CheckCommand implements Command {
    private static final String USAGE = """
            Usage: muster check api [OPTION...]

            Says which cluster a run of the experiment api would load, its version and nodes, and what is missing for it:
            permissions (those of --mode=closed, which also patches) and limits. Nothing is changed. Exits 0, or 1 when something is missing.
            """;

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "says what a run would load, and what is missing for it";
    }

    @Override
    public String help(Invocation invocation) {
        return USAGE + Help.of("Options", Asked.CHECK);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var options = Asked.read(invocation, Asked.CHECK);
        var namespace = options.of(CheckOptions.class).namespace();
        var cluster = Cluster.look(options.of(KubeOptions.class), invocation.environment(), namespace, true);
        cluster.lines().forEach(invocation.out()::println);
        if (cluster.missing().isEmpty()) {
            invocation.out().println("nothing is missing");
        }
        return cluster.missing().isEmpty() ? ExitCode.PASSED : ExitCode.ERROR;
    }
}
