package dev.muster.stress;

import dev.muster.measure.CpuLimit;
import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.util.ArrayList;
import java.util.List;

/** The role {@code stress}: what it needs checked and deployed. */
public final class Stress {
    private static final int LAST_PORT = 65_535;
    private static final int MOST_HEADROOM = 90;
    private static final int MOST_JOBS = 1_000;

    private Stress() {}

    /** What is wrong with the options, one line each that names the option and the fix; empty when nothing is. */
    public static List<String> problems(StressOptions options) {
        var problems = new ArrayList<String>();
        Ranges.check(problems, "--stress-port", options.port(), 0, LAST_PORT);
        Ranges.check(problems, "--stress-headroom", options.headroom(), 0, MOST_HEADROOM);
        Ranges.check(problems, "--stress-max-jobs", options.maxJobs(), 1, MOST_JOBS);
        return problems;
    }

    /**
     * The verticle of the role. Looks up the host's name and reads the pod's limit, so it is not for an event loop.
     *
     * @param options in which {@link #problems} finds nothing
     */
    public static List<Deployment> deployments(StressOptions options, Node node) {
        var whoAmI = WhoAmI.of(System.getenv());
        var capacity = new Capacity(CpuLimit.processors(), options.headroom() / 100.0);
        return List.of(new Deployment("stress", () -> new StressVerticle(options, node, whoAmI, capacity), 1));
    }
}
