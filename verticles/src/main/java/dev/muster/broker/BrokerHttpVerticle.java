package dev.muster.broker;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.Failure;
import dev.muster.bus.Told;
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
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker's HTTP side, and what it does every 10 s: a line in the log, and the engines to forget. */
final class BrokerHttpVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerHttpVerticle.class);
    private static final long WATCH_MILLIS = 10_000;
    private static final int MOST_HTTP_CONNECTIONS = 1_000;

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
        var teller = new Teller(vertx, shared);
        var serverOptions = HttpServers.options().setHost(node.bindAddress()).setPort(options.httpPort());
        var limit = new ConnectionLimit(MOST_HTTP_CONNECTIONS);
        return HttpServers.listen(
                        vertx,
                        serverOptions,
                        routes(teller),
                        limit,
                        refused -> LOG.warn("event=broker.http_refused limit={}", MOST_HTTP_CONNECTIONS))
                .onSuccess(this::listening)
                .compose(listening -> vertx.eventBus()
                        .<Command>consumer(Addresses.command("broker"))
                        .handler(message -> obey(teller, message))
                        .completion());
    }

    private void listening(HttpServer listening) {
        server = listening;
        node.endpoints().listening("broker-http", HttpServers.url(node.bindAddress(), listening.actualPort()));
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : HttpServers.stop(server);
    }

    private Router routes(Teller teller) {
        var router = Router.router(vertx);
        HttpErrors.install(router);
        HttpServers.readBodies(router);
        var admin = new AdminGuard(node.credential(), node.insecureAdmin());
        router.route("/dowork")
                .method(HttpMethod.GET)
                .method(HttpMethod.POST)
                .handler(admin)
                .handler(context -> tell(teller, context, Wanted::work));
        router.route("/kill")
                .method(HttpMethod.GET)
                .method(HttpMethod.POST)
                .handler(admin)
                .handler(context -> tell(teller, context, Wanted::kill));
        router.get("/stats").handler(context -> {
            var stats = stats();
            Answers.send(context, stats.text(), () -> stats);
        });
        router.get("/engines").handler(new EngineExport(shared.registry())::stream);
        return router;
    }

    private static void tell(Teller teller, RoutingContext context, Function<Params, Wanted> command) {
        var wanted = command.apply(Params.of(context));
        teller.tell(wanted).onFailure(context::fail).onSuccess(told -> {
            var line = "Broker, sent to " + told.engines() + " engines '" + told.command() + "'";
            Answers.send(context, wanted.waits() ? line + confirmations(told) : line, () -> told);
        });
    }

    private static String confirmations(Told told) {
        return String.format(
                Locale.ROOT, ", %d confirmed, %.3f ms from first to last", told.confirmed(), told.spreadMillis());
    }

    /** The same over the bus. */
    private void obey(Teller teller, Message<Command> message) {
        var command = message.body();
        if (!node.credential().admits(command.credential())) {
            message.fail(Failure.FORBIDDEN.code(), "the admin token is missing or wrong");
            return;
        }
        try {
            var params = Params.of(command.parameters());
            switch (command.action()) {
                case DO_WORK -> reply(message, teller.tell(Wanted.work(params)));
                case KILL -> reply(message, teller.tell(Wanted.kill(params)));
                case START, STOP -> message.fail(Failure.BAD_REQUEST.code(), "a broker knows DO_WORK and KILL");
            }
        } catch (HttpError wrong) {
            message.fail(Failure.BAD_REQUEST.code(), String.valueOf(wrong.getMessage()));
        }
    }

    private static void reply(Message<Command> message, Future<Told> told) {
        told.onSuccess(message::reply)
                .onFailure(cause -> message.fail(
                        (cause instanceof HttpError ? Failure.BAD_REQUEST : Failure.INTERNAL).code(),
                        String.valueOf(cause.getMessage())));
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
