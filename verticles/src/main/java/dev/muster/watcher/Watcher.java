package dev.muster.watcher;

import dev.muster.kube.KubeOptions;
import dev.muster.kube.Watchable;
import dev.muster.node.Deployment;
import dev.muster.node.Node;
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
        var window = options.window();
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(LONGEST) > 0) {
            problems.add("--watcher-window must be 1s to 24h, not " + window.toMillis() + "ms");
        }
        Watchable.problem("--watcher-namespace", options.namespace()).ifPresent(problems::add);
        return problems;
    }
}
