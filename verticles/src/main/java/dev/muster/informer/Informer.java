package dev.muster.informer;

import dev.muster.informer.InformerOptions.Engine;
import dev.muster.kube.Encoding;
import dev.muster.kube.KubeOptions;
import dev.muster.kube.Watchable;
import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The role {@code informer}. */
public final class Informer {
    private static final int MOST_WORKERS = 1_000;
    private static final Duration LONGEST_WORK = Duration.ofMinutes(1);

    private Informer() {}

    /** What to deploy: one informer, on one event loop. */
    public static List<Deployment> deployments(InformerOptions options, KubeOptions kube, Node node) {
        return List.of(new Deployment("informer", () -> new InformerVerticle(options, kube, node), 1));
    }

    /** What is wrong with the options, one line each; empty when nothing is. */
    public static List<String> problems(InformerOptions options) {
        var problems = new ArrayList<String>();
        Ranges.check(problems, "--informer-workers", options.workers(), 1, MOST_WORKERS);
        Ranges.check(problems, "--informer-work", options.work(), Duration.ZERO, LONGEST_WORK);
        if (options.encoding() == Encoding.PROTOBUF && options.engine() != Engine.RAW) {
            problems.add("--informer-encoding=protobuf needs --informer-engine=raw: fabric8 reads JSON alone");
        }
        Watchable.problem("--informer-namespace", options.namespace()).ifPresent(problems::add);
        return problems;
    }
}
