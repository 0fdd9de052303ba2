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
                   muster check EXPERIMENT --on=kubernetes [OPTION...]

            Says which cluster a run would load, its version and nodes, and what is missing for it: permissions (those of
            --mode=closed, which also patches) and limits. With --on=kubernetes these are the experiment's Deployments and
            what it takes to scale them, and it says how many pods of the load would fit, by what they ask for and what is
            free on each node. Nothing is changed. Exits 0, or 1 when something is missing.
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
        var check = options.of(CheckOptions.class);
        var kube = options.of(KubeOptions.class);
        var cluster = check.on() == null
                ? Cluster.look(kube, invocation.environment(), check.namespace(), true)
                : new DeployedCheck(Asked.kustomization(invocation), check.deployedNamespace())
                        .look(kube, invocation.environment());
        cluster.lines().forEach(invocation.out()::println);
        if (cluster.missing().isEmpty()) {
            invocation.out().println("nothing is missing");
        }
        return cluster.missing().isEmpty() ? ExitCode.PASSED : ExitCode.ERROR;
    }
}
