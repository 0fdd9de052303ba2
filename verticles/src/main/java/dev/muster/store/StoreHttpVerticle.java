package dev.muster.store;

import dev.muster.bus.Addresses;
import dev.muster.bus.Appended;
import dev.muster.bus.Appended.Result;
import dev.muster.bus.DeleteStream;
import dev.muster.bus.Message;
import dev.muster.bus.StreamPage;
import dev.muster.http.HttpError;
import dev.muster.http.HttpErrors;
import dev.muster.http.HttpServers;
import dev.muster.http.HttpServers.ConnectionLimit;
import dev.muster.measure.Counters;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's HTTP side. It knows the database by the bus alone. */
final class StoreHttpVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHttpVerticle.class);

    /** Longer than the database's own time-out, so that its reason reaches the client. */
    private static final DeliveryOptions TIMEOUT =
            new DeliveryOptions().setSendTimeout(15_000).setLocalOnly(true);

    private final StoreOptions options;
    private final Node node;
    private final ConnectionLimit limit;
    private final Counters<StoreCounter> counters;
    private @Nullable HttpServer server;

    /**
     * @param limit shared by all instances
     */
    StoreHttpVerticle(StoreOptions options, Node node, ConnectionLimit limit) {
        this.options = options;
        this.node = node;
        this.limit = limit;
        this.counters = node.telemetry().counters(StoreCounter.class);
    }

    @Override
    public Future<?> start() {
        var serverOptions = HttpServers.options().setHost(node.bindAddress()).setPort(options.port());
        return HttpServers.listen(
                        vertx,
                        serverOptions,
                        routes(),
                        limit,
                        refused -> counters.increment(StoreCounter.CONNECTIONS_REFUSED))
                .onSuccess(this::listening);
    }

    private void listening(HttpServer listening) {
        server = listening;
        var url = HttpServers.url(node.bindAddress(), listening.actualPort());
        if (node.endpoints().url("store").isEmpty()) {
            LOG.info("event=store.stand_in url={} note=\"for trying out and testing, not for data that matter\"", url);
        }
        node.endpoints().listening("store", url);
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : HttpServers.stop(server);
    }

    private Router routes() {
        var router = Router.router(vertx);
        router.route("/streams/*").failureHandler(this::tooLarge);
        HttpErrors.install(router);
        var appending = new AppendHandler(
                vertx, node, counters, appends -> this.<Appended>ask(Addresses.STORE_APPEND, appends));
        var body = BodyHandler.create(false).setBodyLimit(options.maxBody());
        router.post("/streams/:stream").handler(body).handler(appending);
        router.post("/streams/:stream/incoming/:id").handler(body).handler(appending);
        router.delete("/streams/:stream").handler(this::delete);
        var reading = new ReadHandler(
                node,
                counters,
                page -> this.<StreamPage>ask(Addresses.STORE_PAGE, page),
                event -> this.<StreamPage>ask(Addresses.STORE_EVENT, event));
        router.get("/streams/:stream").handler(reading::stream);
        router.get("/streams/:stream/:number").handler(reading::event);
        router.get("/streams/:stream/:number/:count").handler(context -> reading.page(context, false));
        router.get("/streams/:stream/:number/backward/:count").handler(context -> reading.page(context, false));
        router.get("/streams/:stream/:number/forward/:count").handler(context -> reading.page(context, true));
        router.get("/info").handler(this::info);
        return router;
    }

    private void info(RoutingContext context) {
        context.json(new io.vertx.core.json.JsonObject()
                .put("esVersion", "stand-in")
                .put("product", "Muster's store, a stand-in for trying out and testing")
                .put("build", node.identity().build()));
    }

    private void tooLarge(RoutingContext context) {
        if (context.statusCode() == 413 && !(context.failure() instanceof HttpError)) {
            counters.increment(StoreCounter.REFUSED);
            context.fail(new HttpError(
                    413, "the body is too large", "send at most " + options.maxBody() + " bytes (--store-max-body)"));
        } else {
            context.next();
        }
    }

    private void delete(RoutingContext context) {
        var target = Target.of(context);
        boolean hard = Boolean.parseBoolean(context.request().getHeader("ES-HardDelete"));
        this.<Appended>ask(Addresses.STORE_DELETE, new DeleteStream(target.stream(), target.expected(), hard))
                .onFailure(context::fail)
                .onSuccess(answer -> {
                    var outcome = answer.outcomes().get(0);
                    if (outcome.result() == Result.STORED) {
                        context.response().setStatusCode(204).end();
                    } else {
                        AppendHandler.refuse(context, outcome);
                    }
                });
    }

    private <A> Future<A> ask(String address, Message question) {
        return vertx.eventBus().<A>request(address, question, TIMEOUT).map(reply -> reply.body());
    }
}
