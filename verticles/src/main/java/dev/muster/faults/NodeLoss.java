package dev.muster.faults;

import dev.muster.faults.FaultKind.Setting;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Loses a node: by a command of the user's, or by waiting until one is not ready any more, whoever does that. Then waits
 * until it is ready again.
 */
final class NodeLoss implements Deed {
    private static final Duration BACK = Duration.ofSeconds(30);
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final Cluster cluster;
    private final Commands commands;
    private final Settings settings;
    private final Pause pause;
    private final Optional<Duration> back;
    private final Deadline deadline;

    NodeLoss(Cluster cluster, Commands commands, Settings settings, Pause pause) {
        this.cluster = cluster;
        this.commands = commands;
        this.settings = settings;
        this.pause = pause;
        this.back = settings.duration(Setting.BACK, BACK);
        this.deadline =
                new Deadline(pause, settings.duration(Setting.WITHIN, WITHIN).orElse(WITHIN));
    }

    @Override
    public Future<String> run(Runnable begin) {
        var command = settings.text(Setting.COMMAND);
        return command.isPresent() ? byCommand(command.get(), begin) : byWaiting(begin);
    }

    private Future<String> byCommand(String command, Runnable begin) {
        var node = settings.target();
        return cluster.isReady(node).compose(known -> {
            begin.run();
            return commands.run(command).compose(done -> settings.text(Setting.BACK_COMMAND)
                    .map(undo -> back.map(pause::rest)
                            .orElseGet(Future::succeededFuture)
                            .eventually(() -> commands.run(undo))
                            .compose(undone -> awaitReady(node))
                            .map("'" + command + "', and ready again after '" + undo + "'"))
                    .orElseGet(() -> Future.succeededFuture("'" + command + "'")));
        });
    }

    private Future<String> byWaiting(Runnable begin) {
        return watched().compose(nodes -> lost(nodes).compose(node -> {
            begin.run();
            return back.isEmpty()
                    ? Future.succeededFuture(node + " was seen not to be ready")
                    : awaitReady(node).map(node + " was seen not to be ready, and ready again");
        }));
    }

    private Future<List<String>> watched() {
        return settings.target().equals(FaultKind.ANY)
                ? cluster.ready()
                : Future.succeededFuture(List.of(settings.target()));
    }

    private Future<String> lost(List<String> nodes) {
        var lost = new String[] {""};
        return deadline.until("no node was lost", () -> cluster.ready().map(ready -> {
                    lost[0] = nodes.stream()
                            .filter(node -> !ready.contains(node))
                            .findFirst()
                            .orElse("");
                    return !lost[0].isEmpty();
                }))
                .map(seen -> lost[0]);
    }

    private Future<Void> awaitReady(String node) {
        return deadline.until("node " + node + " was not ready again", () -> cluster.isReady(node));
    }
}
