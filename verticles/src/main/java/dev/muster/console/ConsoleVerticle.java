package dev.muster.console;

import dev.muster.http.HttpErrors;
import dev.muster.http.HttpServers;
import dev.muster.http.HttpServers.ConnectionLimit;
import dev.muster.measure.Counters;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, the REST interface and the stream of events. */
final class ConsoleVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleVerticle.class);
    private static final int MOST_CONNECTIONS = 1_000;

    private final ConsoleOptions options;
    private final Node node;
    private final Site site;
    private final Counters<ConsoleCounter> counters;
    private @Nullable HttpServer server;
    private @Nullable Viewers viewers;

    ConsoleVerticle(ConsoleOptions options, Node node, Site site) {
        this.options = options;
        this.node = node;
        this.site = site;
        this.counters = node.telemetry().counters(ConsoleCounter.class);
    }

    @Override
    public Future<?> start() {
        var watching = new Viewers(vertx, counters);
        viewers = watching;
        node.telemetry().gauge(ConsoleMetric.VIEWERS, watching::count);
        return watching.listen().compose(listening -> listen(watching));
    }

    private Future<?> listen(Viewers watching) {
        var serverOptions = HttpServers.options().setHost(node.bindAddress()).setPort(options.port());
        return HttpServers.listen(
                        vertx,
                        serverOptions,
                        routes(watching),
                        new ConnectionLimit(MOST_CONNECTIONS),
                        refused -> LOG.warn("event=console.http_refused limit={}", MOST_CONNECTIONS))
                .onSuccess(this::listening);
    }

    private void listening(HttpServer listening) {
        server = listening;
        node.endpoints().listening("console", HttpServers.url(node.bindAddress(), listening.actualPort()));
    }

    private Router routes(Viewers watching) {
        var router = Router.router(vertx);
        HttpErrors.install(router);
        router.route().handler(context -> {
            counters.increment(ConsoleCounter.REQUESTS);
            context.next();
        });
        new SiteRoutes(site).install(router);
        HttpServers.readBodies(router);
        SiteRoutes.read(router, "/api/events", watching::admit);
        new ReadRoutes(vertx, site).install(router);
        new RunRoutes(vertx, node, counters).install(router);
        return router;
    }

    /** The streams end first: the server would wait for them. */
    @Override
    public Future<?> stop() {
        if (viewers != null) {
            viewers.end();
        }
        return server == null ? Future.succeededFuture() : HttpServers.stop(server);
    }
}
