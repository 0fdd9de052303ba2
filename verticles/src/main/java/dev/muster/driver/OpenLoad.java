package dev.muster.driver;

import dev.muster.kube.Outcome;
import dev.muster.measure.Pacer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Creates and deletes at the times of a schedule, whatever the server does: what can't be sent at once waits, and its
 * latency counts from its time. The pacer's thread hands operations over in bursts; all else is on the event loop.
 */
final class OpenLoad implements Load {
    private final Context eventLoop;
    private final Schedule schedule;
    private final Operator operator;
    private final Instruments instruments;
    private final int inFlight;

    private final Queue<Operation> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Deque<Operation> queue = new ArrayDeque<>();
    private final Map<Long, Life> lives = new HashMap<>();
    private @Nullable Pacer pacer;
    private @Nullable Promise<Void> stopping;
    private volatile int waiting;

    /** What is known of an object whose creation has been sent. */
    private static final class Life {
        private State state = State.CREATING;
        private @Nullable Operation deletion;
    }

    private enum State {
        /** Its creation is not answered. */
        CREATING,
        EXISTS,
        /** Nobody knows whether it was created. */
        DOUBTFUL
    }

    OpenLoad(Context eventLoop, Schedule schedule, Operator operator, Instruments instruments, int inFlight) {
        this.eventLoop = eventLoop;
        this.schedule = schedule;
        this.operator = operator;
        this.instruments = instruments;
        this.inFlight = inFlight;
    }

    @Override
    public void start() {
        if (pacer == null && stopping == null) {
            instruments.begin();
            var cursor = schedule.cursor();
            pacer = Pacer.start("muster-driver-pacer", schedule, instruments.lateness, (index, intended) -> {
                cursor.next();
                due.add(new Operation(cursor.verb(), cursor.number(), intended));
                wake();
            });
        }
    }

    /** On the pacer's thread. */
    private void wake() {
        if (woken.compareAndSet(false, true)) {
            eventLoop.runOnContext(turn -> takeOver());
        }
    }

    private void takeOver() {
        woken.set(false);
        for (var operation = due.poll(); operation != null; operation = due.poll()) {
            if (operation.verb() == Verb.CREATE) {
                lives.put(operation.number(), new Life());
                intend(operation);
            } else {
                delete(operation);
            }
        }
        send();
    }

    /** What was never created has no deletion; what is still being created waits for it. */
    private void delete(Operation operation) {
        var life = lives.get(operation.number());
        if (life == null) {
            return;
        }
        if (life.state == State.CREATING) {
            life.deletion = operation;
        } else {
            intend(operation);
        }
    }

    private void intend(Operation operation) {
        instruments.counters.increment(DriverCounter.INTENDED);
        if (stopping == null) {
            queue.add(operation);
        } else {
            instruments.dropped(1);
        }
        waiting = queue.size();
    }

    private void send() {
        while (!queue.isEmpty() && operator.underWay() < inFlight) {
            begin(queue.remove());
        }
        waiting = queue.size();
        var end = stopping;
        if (end != null && operator.underWay() == 0) {
            end.tryComplete();
        }
    }

    private void begin(Operation operation) {
        var life = lives.get(operation.number());
        if (life == null) {
            throw new IllegalStateException("an operation on an object that is not there: " + operation);
        }
        operator.begin(operation, life.state == State.DOUBTFUL, outcome -> {
            if (operation.verb() == Verb.CREATE) {
                created(operation.number(), life, outcome);
            } else {
                lives.remove(operation.number());
            }
            send();
        });
    }

    private void created(long number, Life life, Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            life.state = State.EXISTS;
        } else if (outcome instanceof Outcome.Unknown) {
            life.state = State.DOUBTFUL;
        } else {
            lives.remove(number);
            return;
        }
        if (life.deletion != null) {
            intend(life.deletion);
        }
    }

    @Override
    public Future<Void> stop() {
        if (stopping != null) {
            return stopping.future();
        }
        Promise<Void> ended = Promise.promise();
        stopping = ended;
        var running = pacer;
        var paced = running == null
                ? Future.<Long>succeededFuture(0L)
                : Future.fromCompletionStage(running.done(), eventLoop);
        if (running != null) {
            running.stop();
        }
        paced.onComplete(done -> {
            takeOver();
            instruments.dropped(queue.size());
            queue.clear();
            operator.stop();
            send();
        });
        return ended.future();
    }

    @Override
    public int waiting() {
        return waiting;
    }
}
