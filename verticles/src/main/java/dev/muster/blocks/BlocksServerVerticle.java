package dev.muster.blocks;

import dev.muster.http.HttpServers;
import dev.muster.measure.Counters;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server on one event loop: TLS with HTTP/2 and HTTP/1.1, and the same without TLS where that is wanted. */
final class BlocksServerVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(BlocksServerVerticle.class);

    /** Vert.x gives one free port to all instances that ask with the same negative number. */
    private static final int ANY_PORT = -1;

    private static final int ANY_PLAIN_PORT = -2;

    private static final long RELOAD_MILLIS = 1_000;

    private final BlocksOptions options;
    private final Node node;
    private final Blocks.Shared shared;
    private final Counters<BlocksCounter> counters;
    private final Visitors visitors;
    private final List<HttpServer> servers = new ArrayList<>();

    BlocksServerVerticle(BlocksOptions options, Node node, Blocks.Shared shared) {
        this.options = options;
        this.node = node;
        this.shared = shared;
        this.counters = node.telemetry().counters(BlocksCounter.class);
        this.visitors = new Visitors(shared.visitors(), options.maxConnections(), options.maxStreams(), counters);
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(Visitors.SWEEP_MILLIS, timer -> visitors.sweep());
        return vertx.executeBlocking(shared.certificate()::read).compose(this::listen);
    }

    private Future<?> listen(KeyCertOptions certificate) {
        int port = options.port() == 0 ? ANY_PORT : options.port();
        var tls = shared.tls().into(options(port)).setKeyCertOptions(certificate);
        var listening = open(tls).onSuccess(server -> {
            node.endpoints().listening("blocks", url(server).replaceFirst("http", "https"));
            if (shared.watched().compareAndSet(false, true)) {
                new CertificateWatch(vertx, shared.certificate(), certificate, server, tls).every(RELOAD_MILLIS);
            }
        });
        var plainPort = options.plainPort();
        if (plainPort == null) {
            return listening;
        }
        int plain = plainPort == 0 ? ANY_PLAIN_PORT : plainPort;
        return listening
                .compose(tlsServer -> open(options(plain).setHttp2ClearTextEnabled(true)))
                .onSuccess(server -> node.endpoints().listening("blocks-h2c", url(server)));
    }

    private String url(HttpServer server) {
        return HttpServers.url(node.bindAddress(), server.actualPort());
    }

    private HttpServerOptions options(int port) {
        return HttpServers.options()
                .setHost(node.bindAddress())
                .setPort(port)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setHandle100ContinueAutomatically(true)
                .setHttp2ConnectionWindowSize(options.window())
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(options.maxStreams())
                        .setInitialWindowSize(options.window())
                        .setMaxFrameSize(options.frame())
                        .setMaxHeaderListSize(HttpServerOptions.DEFAULT_MAX_HEADER_SIZE * 2L));
    }

    private Future<HttpServer> open(HttpServerOptions serverOptions) {
        var tools = new BlockWriter.Tools(
                new BlockBuffers(shared.buffers()),
                new LoopTimer(context),
                node.telemetry().recorder(BlocksMetric.SERVER_SEND_LATENESS));
        var ground = new Service.Ground(
                vertx, visitors, counters, options.maxDuration().toMillis(), node.verbosity() >= 3);
        var routes = new BlocksRoutes(
                Request.within(options),
                ground,
                tools,
                node.telemetry().recorder(BlocksMetric.SERVER_ARRIVAL_LATENESS));
        return vertx.createHttpServer(serverOptions)
                .connectionHandler(visitors::admit)
                .exceptionHandler(this::broken)
                .requestHandler(routes.router(vertx))
                .listen()
                .onSuccess(servers::add)
                .recover(cause -> Future.failedFuture(HttpServers.bindFailure(cause)));
    }

    private void broken(Throwable cause) {
        counters.increment(BlocksCounter.HANDSHAKES_FAILED);
        LOG.debug("event=blocks.connection_broken cause=\"{}\"", String.valueOf(cause.getMessage()));
    }

    @Override
    public Future<?> stop() {
        return Future.join(servers.stream().map(HttpServers::stop).toList());
    }
}
