package dev.muster.faults;

import dev.muster.node.Deployment;
import dev.muster.node.Node;
import java.util.List;

/** The role {@code faults}: what it needs checked and deployed. */
public final class Faults {
    private Faults() {}

    /** What is wrong with the options: nothing by themselves; a plan tells what it needs. */
    public static List<String> problems(FaultsOptions options) {
        return List.of();
    }

    /** The verticle of the role. */
    public static List<Deployment> deployments(FaultsOptions options, Node node) {
        return List.of(new Deployment("faults", () -> new FaultsVerticle(options, node), 1));
    }
}
