package dev.muster.launcher.guard;

import dev.muster.kube.Access;
import dev.muster.kube.Discovery;
import dev.muster.kube.KubeOptions;
import dev.muster.kube.Leftovers;
import dev.muster.kube.Leftovers.Found;
import dev.muster.kube.Resource;
import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.options.Help;
import dev.muster.launcher.options.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lists what runs have left in a cluster, asks, and deletes it. */
public final class CleanupCommand implements Command {
    private static final String USAGE = """
            Usage: muster cleanup api [OPTION...]

            Lists the objects that drivers have left in a cluster, by run, and deletes them when you agree. A driver deletes
            its own at its end; what is left is of one that was killed, or that ran out of time. Exits 0, or 1 when
            something stays.
            """;

    @Override
    public String name() {
        return "cleanup";
    }

    @Override
    public String summary() {
        return "deletes what runs have left in a cluster";
    }

    @Override
    public String help(Invocation invocation) {
        return USAGE + Help.of("Options", Asked.CLEANUP);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var options = Asked.read(invocation, Asked.CLEANUP);
        var where = options.of(CheckOptions.class);
        var what = options.of(CleanupOptions.class);
        if (where.on() != null) {
            throw new UsageException(List.of("--on goes with check alone: runs on Kubernetes leave nothing behind"));
        }
        var out = invocation.out();
        try (var server = new Asking(access(options, invocation))) {
            var resource = server.ask(client -> new Discovery(client).find(what.resource()));
            var selector = "purpose=scaletest," + (what.run() == null ? "muster/run" : "muster/run=" + what.run());
            var namespace = Optional.of(where.namespace());
            var found = server.ask(client -> new Leftovers(client, resource).find(namespace, selector));
            tell(found, resource, where.namespace(), out);
            if (!found.isEmpty()) {
                new Agreement("delete them", what.yes()).ask("Delete them? [y/N] ");
                out.println("deleted " + server.ask(client -> new Leftovers(client, resource).delete(found)));
            }
            return ExitCode.PASSED;
        }
    }

    private static Access access(Options options, Invocation invocation) {
        try {
            var access = Access.load(options.of(KubeOptions.class), invocation.environment());
            invocation.out().println("cluster  " + access.server() + ", " + access.text());
            return access;
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Where it has looked is in it: of another resource or namespace it says nothing. */
    private static void tell(List<Found> found, Resource resource, String namespace, PrintStream out) {
        if (found.isEmpty()) {
            out.println("nothing is left of " + resource.text()
                    + (resource.namespaced() ? " in namespace " + namespace : ""));
            return;
        }
        var runs = found.stream().collect(Collectors.groupingBy(Found::run, TreeMap::new, Collectors.counting()));
        runs.forEach((run, count) -> out.println("run " + run + ": " + count + " objects"));
    }
}
