package dev.muster.console;

import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.util.ArrayList;
import java.util.List;

/** The role {@code console}: what it needs checked and deployed. */
public final class Console {
    private static final int LAST_PORT = 65_535;

    private Console() {}

    /** What is wrong with the options, one line each that names the option and the fix; empty when nothing is. */
    public static List<String> problems(ConsoleOptions options) {
        var problems = new ArrayList<String>();
        Ranges.check(problems, "--console-port", options.port(), 0, LAST_PORT);
        return problems;
    }

    /**
     * The verticle of the role. Reads the page from the jar, so it is not for an event loop.
     *
     * @param options in which {@link #problems} finds nothing
     */
    public static List<Deployment> deployments(ConsoleOptions options, Node node) {
        var site = Site.read();
        return List.of(new Deployment("console", () -> new ConsoleVerticle(options, node, site), 1));
    }
}
