package dev.muster.store;

import dev.muster.bus.Append;
import dev.muster.bus.Appended;
import dev.muster.bus.Appended.Outcome;
import dev.muster.bus.Appended.Result;
import dev.muster.bus.Appends;
import dev.muster.bus.Failure;
import dev.muster.bus.NewEvent;
import dev.muster.http.HttpError;
import dev.muster.measure.Counters;
import dev.muster.measure.Recorder;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Takes appends. Those that the event loop takes off its sockets in one turn cross the bus together: a message for each
 * would cost more than all the rest. Belongs to one event loop.
 */
final class AppendHandler implements Handler<RoutingContext> {
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");

    private final Vertx vertx;
    private final Function<Appends, Future<Appended>> store;
    private final Counters<StoreCounter> counters;
    private final Recorder latency;
    private List<Waiting> waiting = new ArrayList<>();

    /** A request that waits for its commit. */
    private record Waiting(RoutingContext context, Append append, long arrived) {}

    /**
     * @param store sends a message and completes with its answer
     */
    AppendHandler(Vertx vertx, Node node, Counters<StoreCounter> counters, Function<Appends, Future<Appended>> store) {
        this.vertx = vertx;
        this.store = store;
        this.counters = counters;
        this.latency = node.telemetry().recorder(StoreMetric.APPEND_LATENCY);
    }

    @Override
    public void handle(RoutingContext context) {
        long arrived = System.nanoTime();
        try {
            var target = Target.of(context);
            var expected = target.expected();
            var type = MediaType.ofContent(context.request().getHeader(HttpHeaders.CONTENT_TYPE))
                    .orElseThrow(AppendHandler::unsupported);
            var id = context.pathParam("id") == null
                    ? context.request().getHeader("ES-EventId")
                    : context.pathParam("id");
            if (type != MediaType.EVENTS && id == null) {
                redirect(context, target);
                return;
            }
            var body = context.body().length() <= 0
                    ? new byte[0]
                    : context.body().buffer().getBytes();
            var append = new Append(target.stream(), expected, events(context, type, id, body));
            add(new Waiting(context, append, arrived));
        } catch (HttpError wrong) {
            counters.increment(StoreCounter.REFUSED);
            throw wrong;
        }
    }

    private static List<NewEvent> events(RoutingContext context, MediaType type, String id, byte[] body) {
        if (type == MediaType.EVENTS) {
            return AppendBody.events(body);
        }
        var named = context.request().getHeader("ES-EventType");
        return List.of(AppendBody.event(body, type == MediaType.JSON, id, named == null ? "" : named));
    }

    private static HttpError unsupported() {
        return new HttpError(
                415,
                "Unsupported media type",
                "send " + MediaType.EVENTS.text() + ", " + MediaType.JSON.text() + " or " + MediaType.BYTES.text());
    }

    /** Who can't make an id gets one, in an address to which the event may be sent more than once. */
    private void redirect(RoutingContext context, Target target) {
        if (context.request().getHeader("ES-EventType") == null) {
            throw new HttpError(
                    400, "Must include an event type with the request either in body or as ES-EventType header", "");
        }
        context.response()
                .setStatusCode(307)
                .putHeader(HttpHeaders.LOCATION, target.url() + "/incoming/" + UUID.randomUUID())
                .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                .end("Forwarding to idempotent URI");
    }

    private void add(Waiting one) {
        waiting.add(one);
        if (waiting.size() == 1) {
            // Runs when this turn's requests have all been read.
            vertx.runOnContext(turn -> send());
        }
    }

    private void send() {
        var all = waiting;
        waiting = new ArrayList<>();
        for (int from = 0; from < all.size(); from += Appends.MOST) {
            send(all.subList(from, Math.min(all.size(), from + Appends.MOST)));
        }
    }

    private void send(List<Waiting> some) {
        store.apply(new Appends(some.stream().map(Waiting::append).toList()))
                .onSuccess(answer -> {
                    for (int i = 0; i < some.size(); i++) {
                        answer(some.get(i), answer.outcomes().get(i));
                    }
                })
                .onFailure(cause -> some.forEach(one -> {
                    counters.increment(
                            Failure.of(cause) == Failure.UNAVAILABLE ? StoreCounter.UNAVAILABLE : StoreCounter.FAILED);
                    one.context().fail(cause);
                }));
    }

    private void answer(Waiting one, Outcome outcome) {
        if (outcome.result() != Result.STORED) {
            counters.increment(counterOf(outcome.result()));
            refuse(one.context(), outcome);
            return;
        }
        latency.record(System.nanoTime() - one.arrived());
        counters.increment(StoreCounter.APPENDS);
        counters.add(StoreCounter.EVENTS, one.append().events().size());
        one.context()
                .response()
                .setStatusCode(201)
                .putHeader(HttpHeaders.LOCATION, Target.of(one.context()).url() + "/" + outcome.number())
                .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                .end();
    }

    private static StoreCounter counterOf(Result result) {
        return switch (result) {
            case STORED -> StoreCounter.APPENDS;
            case WRONG_VERSION, GONE, REFUSED -> StoreCounter.REFUSED;
            case UNAVAILABLE -> StoreCounter.UNAVAILABLE;
            case FAILED -> StoreCounter.FAILED;
        };
    }

    /** Answers that it was not done, and why. */
    static void refuse(RoutingContext context, Outcome outcome) {
        switch (outcome.result()) {
            case STORED -> throw new IllegalArgumentException("it is stored");
            case WRONG_VERSION -> {
                context.response()
                        .setStatusMessage("Wrong expected EventNumber")
                        .putHeader("ES-CurrentVersion", String.valueOf(outcome.number()));
                context.fail(new HttpError(400, outcome.reason(), ""));
            }
            case GONE -> context.fail(new HttpError(410, outcome.reason(), ""));
            case REFUSED -> context.fail(new HttpError(400, outcome.reason(), ""));
            case UNAVAILABLE ->
                context.fail(new HttpError(
                        503, outcome.reason(), "try again with the same event ids after the time in Retry-After"));
            case FAILED -> context.fail(new HttpError(500, "internal error", "see the log of this process"));
        }
    }
}
