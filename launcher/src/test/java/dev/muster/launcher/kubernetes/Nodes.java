package dev.muster.launcher.kubernetes;

import static dev.muster.launcher.kubernetes.Kubectl.muster;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The cluster's nodes, of which one may be lost. Nothing new comes to that one while a test has its pods there. */
final class Nodes implements AutoCloseable {
    private static final String NAMED = "MUSTER_CLUSTER_NODE";
    private static final String COMMANDED = "MUSTER_CLUSTER_NODE_COMMAND";

    /** The node that may be lost. */
    static final String LOST = System.getenv().getOrDefault(NAMED, "");

    private static final String COMMAND = System.getenv().getOrDefault(COMMANDED, "");

    /** Moves the pods of these apps to that node, and all others away from it. */
    Nodes(String... apps) {
        Kubectl.ok("cordon", LOST);
        muster("delete", "pod", "--field-selector=spec.nodeName=" + LOST);
        ClusterUnderTest.deploy(); // nobody else makes the broker again

        Kubectl.ok("uncordon", LOST);
        others().forEach(node -> Kubectl.ok("cordon", node));
        muster("delete", "pod", "-l", "app in (" + String.join(",", apps) + ")");
        ClusterUnderTest.deploy();

        others().forEach(node -> Kubectl.ok("uncordon", node));
        Kubectl.ok("cordon", LOST);
        for (var app : apps) {
            assertThat(of(app)).as(app).containsOnly(LOST);
        }
    }

    /** Skips the calling test where no node may be lost. */
    static void need() {
        Part.need(
                !LOST.isEmpty() && !COMMAND.isEmpty(),
                "needs a node that may be lost: set " + NAMED + " to its name, and " + COMMANDED
                        + " to a command that does what is appended to it: cut, kill or back");
    }

    /**
     * The command that does something to the node.
     *
     * @param what {@code cut} pulls its cable, {@code kill} is a power cut, {@code back} undoes both
     */
    String command(String what) {
        return COMMAND + " " + what;
    }

    /** Does something to the node. */
    void bring(String what) {
        var result = Kubectl.run(List.of("sh", "-c", command(what)));
        assertThat(result.code()).as(result.output()).isZero();
    }

    /** Where the pods of an app are. */
    static List<String> of(String app) {
        return words(muster("get", "pods", "-l", "app=" + app, "-o", "jsonpath={.items[*].spec.nodeName}"));
    }

    private static List<String> others() {
        var all = new ArrayList<>(words(Kubectl.ok("get", "nodes", "-o", "jsonpath={.items[*].metadata.name}")));
        all.remove(LOST);
        return all;
    }

    private static List<String> words(String text) {
        return text.lines()
                .flatMap(line -> List.of(line.split(" ", -1)).stream())
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    /** Brings the node back, for all. */
    @Override
    public void close() {
        bring("back");
        Kubectl.ok("uncordon", LOST);
    }
}
