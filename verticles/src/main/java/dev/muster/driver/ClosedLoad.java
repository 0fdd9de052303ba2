package dev.muster.driver;

import dev.muster.kube.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * So many workers, each with one operation under way. A worker has every n-th object; it creates, patches so many times and
 * deletes, with so many other objects between the phases of one that the population stays below its limit. For the event
 * loop.
 */
final class ClosedLoad implements Load {
    private final Vertx vertx;
    private final Setup setup;
    private final Operator operator;
    private final Instruments instruments;
    private final Rate rate;
    /** The objects that exist, and whether that is only possible and not known. */
    private final Map<Long, Boolean> doubtful = new HashMap<>();

    /** The timers of workers that wait for their turn. */
    private final Set<Long> turns = new HashSet<>();

    private boolean started;
    private int working;
    private @Nullable Promise<Void> stopping;

    ClosedLoad(Vertx vertx, Setup setup, Operator operator, Instruments instruments) {
        this.vertx = vertx;
        this.setup = setup;
        this.operator = operator;
        this.instruments = instruments;
        this.rate = new Rate(setup.rate(), System.nanoTime());
    }

    @Override
    public void start() {
        if (started || stopping != null) {
            return;
        }
        started = true;
        instruments.begin();
        int threads = setup.options().threads();
        working = threads;
        for (int i = 0; i < threads; i++) {
            go(new Phases(setup.options(), i));
        }
    }

    /** The worker's next operation, at once or when the rate allows it. */
    private void go(Phases worker) {
        if (stopping != null || !advance(worker)) {
            working--;
            finish();
            return;
        }
        long now = System.nanoTime();
        long at = rate.take(now);
        long millis = (at - now) / 1_000_000;
        if (millis > 0) {
            turns.add(vertx.setTimer(millis, turn -> {
                turns.remove(turn);
                perform(worker, at);
            }));
        } else {
            perform(worker, Math.max(at, now));
        }
    }

    /** Goes on to the next operation on an object that exists, or may: what was never created has no others. */
    private boolean advance(Phases worker) {
        while (worker.next()) {
            if (worker.verb() == Verb.CREATE || doubtful.containsKey(worker.number())) {
                return true;
            }
        }
        return false;
    }

    private void perform(Phases worker, long at) {
        instruments.counters.increment(DriverCounter.INTENDED);
        var operation = new Operation(worker.verb(), worker.number(), Math.min(at, System.nanoTime()));
        operator.begin(operation, Boolean.TRUE.equals(doubtful.get(operation.number())), outcome -> {
            note(operation, outcome);
            go(worker);
        });
    }

    private void note(Operation operation, Outcome outcome) {
        if (operation.verb() == Verb.DELETE) {
            doubtful.remove(operation.number());
        } else if (operation.verb() == Verb.CREATE && outcome instanceof Outcome.Done) {
            doubtful.put(operation.number(), false);
        } else if (operation.verb() == Verb.CREATE && outcome instanceof Outcome.Unknown) {
            doubtful.put(operation.number(), true);
        }
    }

    private void finish() {
        if (working == 0 && stopping != null) {
            stopping.tryComplete();
        }
    }

    @Override
    public Future<Void> stop() {
        var ended = stopping;
        if (ended == null) {
            ended = Promise.promise();
            stopping = ended;
            // Their operations are not due yet, and never will be.
            working -= (int) turns.stream().filter(vertx::cancelTimer).count();
            turns.clear();
            operator.stop();
            finish();
        }
        return ended.future();
    }

    @Override
    public int waiting() {
        return 0;
    }
}
