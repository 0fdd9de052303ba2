package dev.muster.broker;

import dev.muster.http.AdminGuard;
import dev.muster.http.Answers;
import dev.muster.http.HttpError;
import dev.muster.http.HttpErrors;
import dev.muster.http.HttpServers;
import dev.muster.http.HttpServers.ConnectionLimit;
import dev.muster.http.Params;
import dev.muster.measure.Counters;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker's HTTP side, and what it does every 10 s: a line in the log, and the engines to forget. */
final class BrokerHttpVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerHttpVerticle.class);
    private static final long WATCH_MILLIS = 10_000;
    private static final int MOST_HTTP_CONNECTIONS = 1_000;
    private static final int WORK_MILLIS = 50_000;

    private final BrokerOptions options;
    private final Node node;
    private final Gate.Shared shared;
    private final Counters<BrokerCounter> counters;
    private @Nullable HttpServer server;

    BrokerHttpVerticle(BrokerOptions options, Node node, Gate.Shared shared) {
        this.options = options;
        this.node = node;
        this.shared = shared;
        this.counters = node.telemetry().counters(BrokerCounter.class);
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(WATCH_MILLIS, timer -> watch());
        var serverOptions = HttpServers.options().setHost(node.bindAddress()).setPort(options.httpPort());
        var limit = new ConnectionLimit(MOST_HTTP_CONNECTIONS);
        return HttpServers.listen(
                        vertx,
                        serverOptions,
                        routes(),
                        limit,
                        refused -> LOG.warn("event=broker.http_refused limit={}", MOST_HTTP_CONNECTIONS))
                .onSuccess(this::listening);
    }

    private void listening(HttpServer listening) {
        server = listening;
        node.endpoints().listening("broker-http", HttpServers.url(node.bindAddress(), listening.actualPort()));
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : HttpServers.stop(server);
    }

    private Router routes() {
        var router = Router.router(vertx);
        HttpErrors.install(router);
        HttpServers.readBodies(router);
        var admin = new AdminGuard(node.credential(), node.insecureAdmin());
        var teller = new Teller(vertx, shared);
        router.route("/dowork")
                .method(HttpMethod.GET)
                .method(HttpMethod.POST)
                .handler(admin)
                .handler(context -> work(teller, context));
        router.route("/kill")
                .method(HttpMethod.GET)
                .method(HttpMethod.POST)
                .handler(admin)
                .handler(context -> kill(teller, context));
        router.get("/stats").handler(context -> {
            var stats = stats();
            Answers.send(context, stats.text(), () -> stats);
        });
        router.get("/engines").handler(new EngineExport(shared.registry())::stream);
        return router;
    }

    private static void work(Teller teller, RoutingContext context) {
        var params = Params.of(context);
        var millis = params.number("time", 0, Wire.MAX_WORK_MILLIS);
        teller.tell(context, params, () -> "DOWORK:" + (millis == null ? WORK_MILLIS : millis));
    }

    private static void kill(Teller teller, RoutingContext context) {
        var params = Params.of(context);
        var code = params.number("code", 0, 255);
        teller.tell(context, params, () -> "KILL:" + (code == null ? 0 : code));
    }

    private BrokerStats stats() {
        return BrokerStats.of(shared, options.silent().toSeconds());
    }

    private void watch() {
        LOG.info("{}", stats().text());
        long before = System.nanoTime() - options.forget().toNanos();
        shared.registry().forEach(seat -> {
            var owner = seat.owner();
            if (owner != null && seat.block().seen(seat.index()) - before < 0) {
                owner.out().loop().execute(owner::lost);
            }
        });
        counters.add(BrokerCounter.FORGOTTEN, shared.registry().forgetSilentSince(before));
    }

    /** An engine that has no connection can't be told anything. */
    static HttpError noSuchEngine(String id) {
        return new HttpError(404, "no engine '" + Params.shown(id) + "' is connected", "see /engines");
    }
}
