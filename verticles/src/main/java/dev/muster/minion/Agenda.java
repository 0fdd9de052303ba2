package dev.muster.minion;

import dev.muster.measure.DueWheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.IntFunction;

/**
 * Which minion sends when: those that wait for a time are in a wheel, those whose time has come are in two queues, and
 * so many as there are connections have a request under way. A minion is in one of these at most. For the event loop.
 */
final class Agenda {
    private final Fleet fleet;
    private final DueWheel wheel;
    private final IntQueue urgent;
    private final IntQueue polls;
    private final int connections;
    private final IntFunction<Future<?>> sender;
    private final Promise<Void> drained = Promise.promise();
    private int underWay;
    private boolean pumping;
    private boolean closing;

    /**
     * @param connections how many requests may be under way
     * @param sender sends the request that the minion's phase asks for
     */
    Agenda(Fleet fleet, DueWheel wheel, int connections, IntFunction<Future<?>> sender) {
        this.fleet = fleet;
        this.wheel = wheel;
        this.urgent = new IntQueue(fleet.size());
        this.polls = new IntQueue(fleet.size());
        this.connections = connections;
        this.sender = sender;
    }

    /** The minion sends as soon as a connection is free; polls wait until nothing else does. */
    void now(int minion) {
        var queue = fleet.phase(minion) == Fleet.Phase.POLLING ? polls : urgent;
        queue.add(minion);
        pump();
    }

    /** The minion sends at that time, or within a tick of the wheel after it. */
    void at(int minion, long nanoTime) {
        wheel.add(minion, nanoTime);
    }

    /** Lets those go whose time has come. */
    void tick(long nanoTime) {
        wheel.sweep(nanoTime, this::now);
    }

    /**
     * From now on nothing but reports is sent; completes when nothing is under way and no report is left to send. What
     * waits for a later time stays where it is.
     */
    Future<Void> close() {
        closing = true;
        pump();
        return drained.future();
    }

    /** A request may end before the sender returns: the loop below then goes on, instead of a call within a call. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        while (underWay < connections && !(urgent.isEmpty() && polls.isEmpty())) {
            int minion = urgent.isEmpty() ? polls.take() : urgent.take();
            if (!closing || fleet.phase(minion) == Fleet.Phase.REPORTING) {
                underWay++;
                sender.apply(minion).onComplete(done -> ended());
            }
        }
        pumping = false;
        if (closing && underWay == 0) {
            drained.tryComplete();
        }
    }

    private void ended() {
        underWay--;
        pump();
    }
}
