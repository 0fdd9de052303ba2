package dev.muster.collector;

import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The role {@code collector}: what it needs checked and deployed. */
public final class Collector {
    private static final Duration LEAST_WINDOW = Duration.ofMinutes(1);
    private static final Duration MOST_WINDOW = Duration.ofHours(24);

    private Collector() {}

    /** What is wrong with the options, one line each that names the option and the fix; empty when nothing is. */
    public static List<String> problems(CollectorOptions options) {
        var problems = new ArrayList<String>();
        Ranges.check(problems, "--collector-window", options.window(), LEAST_WINDOW, MOST_WINDOW);
        return problems;
    }

    /**
     * The one verticle of the role. It hears the snapshots of every process on the bus, so deploy it before whatever
     * is to be heard from the beginning.
     *
     * @param options in which {@link #problems} finds nothing
     */
    public static List<Deployment> deployments(CollectorOptions options, Node node) {
        int points = Math.toIntExact(options.window().toSeconds());
        return List.of(new Deployment("collector", () -> new CollectorVerticle(points, node.verbosity()), 1));
    }
}
