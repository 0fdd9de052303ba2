package dev.muster.minion;

import dev.muster.bus.TaskKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does tasks. How many of a kind run at the same time is bounded; one more waits, and its time is taken from when its
 * turn comes. For the event loop.
 */
final class Worker {
    private static final int NETWORK_TASKS = 256;

    private final Map<TaskKind, Post> posts = new EnumMap<>(TaskKind.class);

    /** One kind of task: how it is done, and how many at the same time. */
    record Post(Action action, Gate gate) {}

    Worker(Map<TaskKind, Post> posts) {
        this.posts.putAll(posts);
    }

    /**
     * Does every kind of task that there is. To be called on the event loop that will use it.
     *
     * @param processors how many tasks may burn CPU at the same time
     */
    static Worker forEveryKind(Vertx vertx, int processors) {
        var network = new Gate(NETWORK_TASKS);
        return new Worker(Map.of(
                TaskKind.HTTP, new Post(new HttpAction(vertx, NETWORK_TASKS), network),
                TaskKind.TCP, new Post(new TcpAction(vertx), network),
                TaskKind.DNS, new Post(new DnsAction(vertx), network),
                TaskKind.CPU, new Post(new CpuAction(vertx, processors), new Gate(processors)),
                TaskKind.SLEEP, new Post(new SleepAction(vertx), new Gate(Integer.MAX_VALUE))));
    }

    /** Does the task. Never fails: a failure is an outcome. */
    Future<Outcome> perform(Assignment.Task task) {
        var post = Objects.requireNonNull(posts.get(task.kind()));
        var outcome = Promise.<Outcome>promise();
        post.gate().enter(() -> timed(post.action(), task).onComplete(outcome));
        return outcome.future();
    }

    private static Future<Outcome> timed(Action action, Assignment.Task task) {
        long started = System.nanoTime();
        return action.perform(task.spec(), task.timeoutMillis())
                .timeout(task.timeoutMillis(), TimeUnit.MILLISECONDS)
                .map(detail -> Outcome.done(started, detail))
                .otherwise(cause -> Outcome.failed(started, reason(cause, task)));
    }

    private static String reason(Throwable cause, Assignment.Task task) {
        if (cause instanceof TimeoutException) {
            return "not done within " + task.timeoutMillis() + " ms";
        }
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** Lets go of everything; what is under way fails. */
    Future<Void> close() {
        return Future.join(List.copyOf(posts.values().stream()
                        .map(post -> post.action().close())
                        .toList()))
                .mapEmpty();
    }
}
