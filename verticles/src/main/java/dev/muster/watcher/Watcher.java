package dev.muster.watcher;

import dev.muster.kube.KubeOptions;
import dev.muster.kube.Watchable;
import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The role {@code watcher}. */
public final class Watcher {
    private static final Duration LONGEST = Duration.ofDays(1);

    private Watcher() {}

    /** What to deploy: one watch, on one event loop. */
    public static List<Deployment> deployments(WatcherOptions options, KubeOptions kube, Node node) {
        return List.of(new Deployment("watcher", () -> new WatcherVerticle(options, kube, node), 1));
    }

    /** What is wrong with the options, one line each; empty when nothing is. */
    public static List<String> problems(WatcherOptions options) {
        var problems = new ArrayList<String>();
        Ranges.check(problems, "--watcher-window", options.window(), Duration.ofSeconds(1), LONGEST);
        Watchable.problem("--watcher-namespace", options.namespace()).ifPresent(problems::add);
        return problems;
    }
}
