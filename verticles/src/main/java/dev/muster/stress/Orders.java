package dev.muster.stress;

import dev.muster.bus.Addresses;
import dev.muster.bus.Failure;
import dev.muster.bus.StressAccepted;
import dev.muster.bus.StressOrder;
import dev.muster.http.HttpError;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what a run orders over the bus. The load ends by itself when its run falls silent, so that no pod burns for ever
 * because somebody's laptop was closed. Owned by one event loop.
 */
final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final double MOST_CORES = 256;
    private static final long LEAST_LEASE = 100;
    private static final long MOST_LEASE = 60_000;
    private static final long NONE = -1;

    private final Vertx vertx;
    private final Node node;
    private final Jobs jobs;
    private final WhoAmI who;
    private final Capacity capacity;
    private String run = "";
    private long timer = NONE;

    Orders(Vertx vertx, Node node, Jobs jobs, WhoAmI who, Capacity capacity) {
        this.vertx = vertx;
        this.node = node;
        this.jobs = jobs;
        this.who = who;
        this.capacity = capacity;
    }

    /** Begins to hear. */
    Future<?> listen() {
        return vertx.eventBus()
                .<StressOrder>consumer(Addresses.stress(node.identity().instance()))
                .handler(this::take)
                .completion();
    }

    private void take(Message<StressOrder> message) {
        var order = message.body();
        if (!node.credential().admits(order.credential())) {
            message.fail(Failure.FORBIDDEN.code(), "the admin token is missing or wrong");
            return;
        }
        var kind = Kind.of(order.kind());
        // Negated, so that what is no number is refused.
        boolean wrongCores = !(order.cores() >= 0 && order.cores() <= MOST_CORES);
        if (kind.isEmpty() || wrongCores || order.leaseMillis() < LEAST_LEASE || order.leaseMillis() > MOST_LEASE) {
            message.fail(
                    Failure.BAD_REQUEST.code(),
                    "an order needs a kind of " + String.join(", ", Kind.words()) + ", cores of 0 to 256 and a lease of"
                            + " 100 to 60000 ms");
            return;
        }
        if (!run.isEmpty() && !run.equals(order.run())) {
            message.fail(Failure.UNAVAILABLE.code(), "the run " + run + " loads this pod");
            return;
        }
        try {
            begin(order, kind.get());
        } catch (HttpError noMemory) {
            message.fail(Failure.UNAVAILABLE.code(), noMemory.getMessage());
            return;
        }
        var used = jobs.used();
        message.reply(new StressAccepted(
                who.pod(), who.node(), capacity.cores(), used.requestedNanos(), used.deliveredNanos()));
    }

    private void begin(StressOrder order, Kind kind) {
        jobs.order(kind, order.cores());
        cancelTimer();
        if (run.isEmpty() && order.cores() > 0) {
            LOG.info("event=stress.run_began run={} kind={} cores={}", order.run(), order.kind(), order.cores());
        }
        run = order.cores() > 0 ? order.run() : "";
        if (order.cores() > 0) {
            timer = vertx.setTimer(order.leaseMillis(), expired -> {
                LOG.warn("event=stress.run_silent run={} lease_ms={}", run, order.leaseMillis());
                timer = NONE;
                run = "";
                jobs.order(kind, 0);
            });
        }
    }

    private void cancelTimer() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }
}
