package dev.muster.node;

import dev.muster.bus.Addresses;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.http.Answers;
import dev.muster.http.HttpError;
import dev.muster.http.HttpErrors;
import dev.muster.http.HttpServers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The management port of a process: {@code /healthz}, {@code /readyz}, {@code /metrics} and {@code /stats}, and for admins
 * {@code /debug} and {@code /bus}.
 */
public final class ManagementVerticle extends VerticleBase {
    /** How long {@code /stats} waits for the collector. */
    private static final long STATS_TIMEOUT_MILLIS = 2_000;

    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_MOVES = 100;

    private final Node node;
    private final NodeMetrics metrics;
    private final Port port;

    /**
     * Where to listen.
     *
     * @param number 0 for any free port
     * @param mayMove whether to take the next free port when this one is taken
     */
    public record Port(int number, boolean mayMove) {}

    private record Health(String status) {}

    private record Ready(boolean ready, Map<String, String> waiting) {}

    /**
     * The port where it really listens goes to the node's {@link Endpoints} as {@code management}.
     *
     * @param metrics what {@code /metrics} shows
     */
    public ManagementVerticle(Node node, NodeMetrics metrics, Port port) {
        this.node = node;
        this.metrics = metrics;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        var router = Router.router(vertx);
        HttpErrors.install(router);
        router.get("/healthz").handler(request -> Answers.send(request, "ok", () -> new Health("ok")));
        router.get("/readyz").handler(this::ready);
        router.get("/metrics").handler(this::metrics);
        router.get("/stats").handler(this::stats);
        DebugRoutes.install(router, vertx, node);
        BusRoutes.install(router, vertx, node);
        return listen(router, port.number, port.mayMove ? MAX_MOVES : 0).onSuccess(server -> node.endpoints()
                .listening("management", HttpServers.url(node.bindAddress(), server.actualPort())));
    }

    private Future<HttpServer> listen(Router router, int number, int moves) {
        var options = HttpServers.options().setHost(node.bindAddress()).setPort(number);
        return HttpServers.listen(
                        vertx, options, router, new HttpServers.ConnectionLimit(MAX_CONNECTIONS), refused -> {})
                .recover(cause -> {
                    if (!(cause instanceof BindException)) {
                        return Future.failedFuture(cause);
                    }
                    return moves > 0 && number < 65_535
                            ? listen(router, number + 1, moves - 1)
                            : Future.failedFuture(taken(number, cause));
                });
    }

    private IllegalStateException taken(int number, Throwable cause) {
        return new IllegalStateException(
                "can't listen on " + node.bindAddress() + ":" + number + " (" + cause.getMessage()
                        + "); choose another port with --management-port=PORT, or 0 for any free one",
                cause);
    }

    private void ready(RoutingContext request) {
        var pending = node.readiness().pending();
        if (!pending.isEmpty()) {
            request.response().setStatusCode(503);
        }
        var text = pending.isEmpty()
                ? "ready"
                : pending.entrySet().stream()
                        .map(part -> part.getKey() + ": " + part.getValue())
                        .collect(Collectors.joining("\n"));
        Answers.send(request, text, () -> new Ready(pending.isEmpty(), pending));
    }

    private void metrics(RoutingContext request) {
        var accept = request.request().getHeader(HttpHeaders.ACCEPT);
        vertx.executeBlocking(() -> metrics.scrape(accept), false)
                .onSuccess(page -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, page.contentType())
                        .end(page.body()))
                .onFailure(request::fail);
    }

    private void stats(RoutingContext request) {
        var query = new StatsQuery(request.queryParams().contains("timeline"), false);
        vertx.eventBus()
                .<Stats>request(Addresses.STATS, query, new DeliveryOptions().setSendTimeout(STATS_TIMEOUT_MILLIS))
                .onSuccess(reply -> Answers.send(request, StatsText.of(reply.body()), reply::body))
                .onFailure(cause -> request.fail(noStats(cause)));
    }

    private static Throwable noStats(Throwable cause) {
        if (!(cause instanceof ReplyException reply) || reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
            return cause;
        }
        return reply.failureType() == ReplyFailure.TIMEOUT
                ? new HttpError(
                        503,
                        "the collector did not answer within " + STATS_TIMEOUT_MILLIS + " ms",
                        "see whether it runs and has enough CPU")
                : new HttpError(
                        503,
                        "no collector on the bus",
                        "start one process with --role=collector in the same --cluster,"
                                + " or see whether the network to it holds");
    }
}
