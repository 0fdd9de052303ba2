package dev.muster.broker;

import dev.muster.broker.Orders.Order;
import dev.muster.bus.Told;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tells engines what a user wants of them: all of them, one, or a share of them. */
final class Teller {
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long LOOK_MILLIS = 20;

    private final Vertx vertx;
    private final Gate.Shared shared;

    Teller(Vertx vertx, Gate.Shared shared) {
        this.vertx = vertx;
        this.shared = shared;
    }

    /** Tells it; fails when the one engine that is meant has no connection. */
    Future<Told> tell(Wanted wanted) {
        var engine = wanted.engine();
        var engines = engine == null ? share(wanted.share()) : shared.registry().connectionOf(engine);
        if (engine != null && engines.isEmpty()) {
            return Future.failedFuture(BrokerHttpVerticle.noSuchEngine(engine));
        }
        var order = shared.orders().make(wanted.command());
        return new Announcement(order)
                .tell(engines)
                .compose(told -> wanted.waits()
                        ? awaitConfirmations(order, told, System.nanoTime() + PATIENCE_NANOS)
                        : Future.succeededFuture(told))
                .onComplete(done -> shared.orders().forget(order))
                .map(told -> new Told(order.text(), told, order.confirmed(), order.spread() / 1e6));
    }

    private List<Conversation> share(double percent) {
        var all = shared.registry().connections();
        return percent == 100 ? all : Announcement.chosen(all, (int) Math.ceil(all.size() * percent / 100));
    }

    /** Engines of v1 can't confirm, and some may have gone: it does not wait for ever. */
    private Future<Integer> awaitConfirmations(Order order, int told, long until) {
        return order.confirmed() >= told || System.nanoTime() - until >= 0
                ? Future.succeededFuture(told)
                : vertx.timer(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(later -> awaitConfirmations(order, told, until));
    }
}
