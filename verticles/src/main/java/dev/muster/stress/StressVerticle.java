package dev.muster.stress;

import dev.muster.http.HttpServers;
import dev.muster.http.HttpServers.ConnectionLimit;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role's event loop: it owns the jobs, answers over HTTP, hears orders, and keeps the books. */
final class StressVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(StressVerticle.class);
    private static final int MOST_CONNECTIONS = 10_000;
    private static final long BOOKS_MILLIS = 100;
    private static final long SAMPLE_MILLIS = 1_000;

    private final StressOptions options;
    private final Node node;
    private final WhoAmI who;
    private final Capacity capacity;
    private final Kernel kernel = new Kernel();
    private @Nullable Jobs jobs;
    private @Nullable Books books;
    private @Nullable HttpServer server;

    StressVerticle(StressOptions options, Node node, WhoAmI who, Capacity capacity) {
        this.options = options;
        this.node = node;
        this.who = who;
        this.capacity = capacity;
    }

    @Override
    public Future<?> start() {
        var made = new Jobs(context, who.host(), capacity, options.maxJobs());
        jobs = made;
        node.telemetry().gauge(StressMetric.CORES, capacity::cores);
        return vertx.executeBlocking(kernel::sample).compose(first -> {
            var kept = new Books(node.telemetry(), first);
            books = kept;
            var gauges = new Gauges(node.telemetry());
            vertx.setPeriodic(BOOKS_MILLIS, timer -> {
                kept.used(made.used());
                gauges.show(made);
            });
            vertx.setPeriodic(SAMPLE_MILLIS, timer -> vertx.executeBlocking(kernel::sample)
                    .onSuccess(kept::group));
            return new Orders(vertx, node, made, who, capacity)
                    .listen()
                    .compose(listening -> listen(new StressHttp(vertx, node, who, capacity, kernel, made, kept)));
        });
    }

    private Future<?> listen(StressHttp http) {
        // A client that waits for a job hears nothing for as long as that takes.
        var serverOptions = HttpServers.options()
                .setHost(node.bindAddress())
                .setPort(options.port())
                .setIdleTimeout(0);
        return HttpServers.listen(
                        vertx,
                        serverOptions,
                        http.routes(),
                        new ConnectionLimit(MOST_CONNECTIONS),
                        refused -> LOG.warn("event=stress.http_refused limit={}", MOST_CONNECTIONS))
                .onSuccess(this::listening);
    }

    private void listening(HttpServer listening) {
        server = listening;
        node.endpoints().listening("stress", HttpServers.url(node.bindAddress(), listening.actualPort()));
        LOG.info(
                "event=stress.start port={} cores={} headroom={}",
                listening.actualPort(),
                capacity.cores(),
                capacity.headroom());
    }

    /** All burning ends first: a pod that is told to end gives its CPU back at once. */
    @Override
    public Future<?> stop() {
        var burning = jobs;
        var kept = books;
        var stopped = burning == null ? Future.succeededFuture() : burning.close();
        return stopped.onComplete(ended -> {
                    if (burning != null && kept != null) {
                        kept.used(burning.used());
                    }
                })
                .eventually(() -> server == null ? Future.succeededFuture() : HttpServers.stop(server));
    }
}
