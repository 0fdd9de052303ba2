package dev.muster.broker;

import dev.muster.broker.Orders.Order;
import dev.muster.http.Answers;
import dev.muster.http.Params;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers a request to tell engines something: all of them, one, or a share of them. */
final class Teller {
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long LOOK_MILLIS = 20;

    private final Vertx vertx;
    private final Gate.Shared shared;

    Teller(Vertx vertx, Gate.Shared shared) {
        this.vertx = vertx;
        this.shared = shared;
    }

    /**
     * The answer as JSON.
     *
     * @param confirmed by engines of v2, before the answer
     * @param spreadMillis from the first confirmation to the last one
     */
    private record Told(String command, int engines, int confirmed, double spreadMillis) {}

    /**
     * Tells the command.
     *
     * @param params in which the command's own have been read
     * @param command makes the text of v1
     */
    void tell(RoutingContext context, Params params, Supplier<String> command) {
        var engine = params.text("engine", Wire.MAX_ID);
        var share = share(params);
        var wait = params.text("wait", 5);
        if (wait != null && !wait.equals("true") && !wait.equals("false")) {
            params.problem("wait must be true or false");
        }
        params.check();
        var engines = engines(engine, share);
        var order = shared.orders().make(command.get());
        new Announcement(order).tell(engines).onFailure(context::fail).onSuccess(told -> {
            if ("true".equals(wait)) {
                awaitConfirmations(context, order, told, System.nanoTime() + PATIENCE_NANOS);
            } else {
                shared.orders().forget(order);
                answer(context, order, told, "");
            }
        });
    }

    private static double share(Params params) {
        var text = params.text("share", 10);
        if (text == null) {
            return 100;
        }
        try {
            double percent = Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
            if (percent > 0 && percent <= 100) {
                return percent;
            }
        } catch (NumberFormatException notANumber) {
            // told below, with the range
        }
        params.problem(
                "share must be a percentage above 0 and up to 100, such as 10%25, not '" + Params.shown(text) + "'");
        return 0;
    }

    private List<Conversation> engines(@Nullable String engine, double share) {
        if (engine != null) {
            var one = shared.registry().connectionOf(engine);
            if (one.isEmpty()) {
                throw BrokerHttpVerticle.noSuchEngine(engine);
            }
            return one;
        }
        var all = shared.registry().connections();
        return share == 100 ? all : Announcement.chosen(all, (int) Math.ceil(all.size() * share / 100));
    }

    /** Engines of v1 can't confirm, and some may have gone: it does not wait for ever. */
    private void awaitConfirmations(RoutingContext context, Order order, int told, long until) {
        if (order.confirmed() < told && System.nanoTime() - until < 0) {
            vertx.setTimer(LOOK_MILLIS, timer -> awaitConfirmations(context, order, told, until));
            return;
        }
        shared.orders().forget(order);
        answer(
                context,
                order,
                told,
                String.format(
                        Locale.ROOT,
                        ", %d confirmed, %.3f ms from first to last",
                        order.confirmed(),
                        order.spread() / 1e6));
    }

    private static void answer(RoutingContext context, Order order, int told, String confirmations) {
        var line = "Broker, sent to " + told + " engines '" + order.text() + "'" + confirmations;
        Answers.send(context, line, () -> new Told(order.text(), told, order.confirmed(), order.spread() / 1e6));
    }
}
