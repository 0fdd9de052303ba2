package dev.muster.launcher.image;

import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Help;
import dev.muster.launcher.options.OptionGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code cluster up} and {@code cluster down}: a cluster on this machine, with the image in it. */
public final class ClusterCommand implements Command {
    private static final int MOST_NODES = 20;
    private static final List<OptionGroup> OPTIONS = List.of(OptionGroup.of("", ClusterUpOptions.class));

    private static final String USAGE = """
            Usage: muster cluster up [--nodes=N]
                   muster cluster down

            Makes a Kubernetes cluster named muster on this machine, by kind, minikube or k3d, whichever is installed, and
            loads the image of all roles on its nodes; or removes it. kubectl's current context is then that cluster.
            """;

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public String summary() {
        return "makes a cluster on this machine with kind, minikube or k3d, or removes it";
    }

    @Override
    public String help(Invocation invocation) {
        return USAGE + Help.of("Options", OPTIONS);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var given = new Given(OPTIONS, Set.of(Jdk.VARIABLE), invocation.arguments(), invocation.environment());
        var bound = given.bind(OPTIONS);
        boolean up = given.words().equals(List.of("up"));
        if (!up && !given.words().equals(List.of("down"))) {
            bound.problem("say what to do with the cluster: up or down");
        }
        int nodes = bound.of(ClusterUpOptions.class).nodes();
        if (nodes < 1 || nodes > MOST_NODES) {
            bound.problem("--nodes: must be 1 to " + MOST_NODES + ", not " + nodes);
        }
        var kind = ClusterKind.installed(invocation.environment());
        if (kind.isEmpty()) {
            bound.problem("none of kind, minikube and k3d is installed: see https://kind.sigs.k8s.io");
        }
        if (!bound.problems().isEmpty()) {
            throw new UsageException(bound.problems());
        }
        if (up) {
            up(kind.orElseThrow(), nodes, invocation);
        } else {
            Tool.run(Path.of("/"), kind.orElseThrow().down());
        }
        return ExitCode.PASSED;
    }

    private static void up(ClusterKind kind, int nodes, Invocation invocation) {
        try (var staging = new Staging()) {
            var image = staging.file("muster.tar");
            var build = new Invocation(
                    List.of(ImageOptions.TAR + "=" + image),
                    invocation.environment(),
                    invocation.out(),
                    invocation.termination());
            new ImageCommand().run(build);
            var configuration = Files.writeString(staging.file("cluster.yaml"), kind.configuration(nodes));
            invocation.out().println("making a cluster of " + nodes + " nodes with " + kind.program());
            Tool.run(Path.of("/"), kind.up(nodes, configuration));
            Tool.run(Path.of("/"), kind.load(image));
            invocation.out().println("ready: kubectl apply -k k8s/boot");
        } catch (IOException e) {
            throw new StartException("can't make the cluster: " + e.getMessage(), e);
        }
    }
}
