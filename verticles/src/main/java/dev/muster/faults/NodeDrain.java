package dev.muster.faults;

import dev.muster.faults.Cluster.PodId;
import dev.muster.faults.FaultKind.Setting;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * Drains a node as kubectl does: cordons it, evicts its pods as their disruption budgets let them go, waits until they are
 * gone, and uncordons it some time later. However it fails, a node that it cordoned is uncordoned.
 */
final class NodeDrain implements Deed {
    private static final Duration BACK = Duration.ofSeconds(30);
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final Cluster cluster;
    private final Pause pause;
    private final String node;
    private final Optional<Duration> back;
    private final Duration within;

    NodeDrain(Cluster cluster, Settings settings, Pause pause) {
        this.cluster = cluster;
        this.pause = pause;
        this.node = settings.target();
        this.back = settings.duration(Setting.BACK, BACK);
        this.within = settings.duration(Setting.WITHIN, WITHIN).orElse(WITHIN);
    }

    @Override
    public Future<String> run(Runnable begin) {
        return cluster.isReady(node).compose(known -> {
            begin.run();
            return cluster.cordon(node, true).compose(this::drain);
        });
    }

    /** @param ours whether it was not cordoned before */
    private Future<String> drain(boolean ours) {
        var deadline = new Deadline(pause, within);
        return empty(deadline)
                .compose(moved -> back.map(pause::rest)
                        .orElseGet(Future::succeededFuture)
                        .map("moved " + moved + (moved == 1 ? " pod" : " pods") + " away"
                                + (ours && back.isPresent() ? ", and uncordoned it" : "")))
                .eventually(() -> ours && back.isPresent() ? cluster.cordon(node, false) : Future.succeededFuture());
    }

    private Future<Integer> empty(Deadline deadline) {
        return cluster.movable(node).compose(pods -> Future.all(
                        pods.stream().map(pod -> move(pod, deadline)).toList())
                .map(moved -> pods.size()));
    }

    private Future<Void> move(PodId pod, Deadline deadline) {
        return deadline.until("pod " + pod.name() + " could not be evicted", () -> evicted(pod))
                .compose(evicted -> deadline.until("pod " + pod.name() + " has not ended", () -> cluster.isGone(pod)));
    }

    private Future<Boolean> evicted(PodId pod) {
        return cluster.isGone(pod).compose(gone -> gone ? Future.succeededFuture(true) : cluster.evict(pod));
    }
}
