package dev.muster.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Every HTTP server of Muster: bounded in headers, bodies, time and connections. */
public final class HttpServers {
    /** Bytes of a request's body. */
    public static final int MAX_BODY = 64 * 1024;

    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_REQUEST_LINE = 8 * 1024;
    private static final int IDLE_SECONDS = 75;

    /** A client may take so many sweeps to send a request: a minute. */
    private static final int PATIENCE = 12;

    private static final long SWEEP_MILLIS = 5_000;

    private static final long GRACE_SECONDS = 5;

    private HttpServers() {}

    /** The bounds that every server has; a role may add to them. */
    public static HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxFormAttributeSize(MAX_BODY)
                .setIdleTimeout(IDLE_SECONDS)
                .setTcpNoDelay(true)
                // Without the upgrade to h2c a connection counts from its first moment, not from its first request.
                .setHttp2ClearTextEnabled(false)
                .setAcceptBacklog(4096);
    }

    /** Reads bounded bodies of POST requests, from memory alone; GET requests pass untouched. */
    public static void readBodies(Router router) {
        var reader = BodyHandler.create(false).setBodyLimit(MAX_BODY);
        // Not a route for POST alone: vertx-web would answer every unknown path 405 because of it.
        router.route().handler(context -> {
            if (HttpMethod.POST.equals(context.request().method())) {
                reader.handle(context);
            } else {
                context.next();
            }
        });
    }

    /** Ends intake, lets what is being answered end within some seconds, and closes. */
    public static Future<Void> stop(HttpServer server) {
        return server.shutdown(GRACE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Starts a server that holds at most so many connections. One more is closed at once, so that the others go on, and
     * so is one that takes longer than a minute to send a request. Call it from a verticle.
     *
     * @param limit shared by all instances that serve the same port
     * @param refused called for each connection that was closed because of the limit
     * @return fails with a {@link BindException} when the address can't be had
     */
    public static Future<HttpServer> listen(
            Vertx vertx,
            HttpServerOptions options,
            Router router,
            ConnectionLimit limit,
            Consumer<HttpConnection> refused) {
        return listen(vertx, options, router, new HeldConnections(limit, refused, PATIENCE), SWEEP_MILLIS);
    }

    static Future<HttpServer> listen(
            Vertx vertx, HttpServerOptions options, Router router, HeldConnections held, long sweepMillis) {
        held.sweepEvery(vertx, sweepMillis);
        return vertx.createHttpServer(options)
                .connectionHandler(held::admit)
                .requestHandler(request -> {
                    held.began(request);
                    router.handle(request);
                })
                .listen()
                .recover(cause -> Future.failedFuture(bindFailure(cause)));
    }

    /** The native transport has an error of its own for a port that can't be had; here it is the JDK's. */
    public static Throwable bindFailure(Throwable cause) {
        var message = cause instanceof IOException ? String.valueOf(cause.getMessage()) : "";
        if (!message.startsWith("bind(")) {
            return cause;
        }
        var failure = new BindException(message.substring(message.lastIndexOf(": ") + 2));
        failure.initCause(cause);
        return failure;
    }

    /** What to open to reach a server that is bound to this address: all addresses include this machine's own. */
    public static String url(String bindAddress, int port) {
        var host = bindAddress.equals("0.0.0.0") || bindAddress.equals("::") ? "localhost" : bindAddress;
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** How many connections the servers of one port hold. Safe to use from any thread. */
    public static final class ConnectionLimit {
        private final int most;
        private final AtomicInteger open = new AtomicInteger();

        public ConnectionLimit(int most) {
            this.most = most;
        }

        /** Connections held now. */
        public int open() {
            return open.get();
        }

        boolean admit() {
            if (open.incrementAndGet() <= most) {
                return true;
            }
            open.decrementAndGet();
            return false;
        }

        void release() {
            open.decrementAndGet();
        }
    }
}
