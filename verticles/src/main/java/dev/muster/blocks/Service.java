package dev.muster.blocks;

import dev.muster.measure.Counters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request that the server serves, from its head to its end, which comes exactly once: it is complete, its client has
 * gone away, or its time is over. For one event loop.
 */
final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    /** HTTP/2's CANCEL, RFC 9113, section 7. */
    private static final long CANCEL = 8;

    private final HttpServerRequest request;
    private final Ground ground;
    private final Runnable stop;
    private final long began = System.nanoTime();
    private final long timer;
    private boolean over;

    /**
     * What all services of one event loop stand on.
     *
     * @param maxMillis how long a request may take
     * @param logged whether each request is logged
     */
    record Ground(Vertx vertx, Visitors visitors, Counters<BlocksCounter> counters, long maxMillis, boolean logged) {}

    private Service(HttpServerRequest request, Ground ground, Runnable stop) {
        this.request = request;
        this.ground = ground;
        this.stop = stop;
        this.timer = ground.vertx().setTimer(ground.maxMillis(), expired -> expire());
    }

    /**
     * Begins to serve.
     *
     * @param stop lets go of what serves it; runs once, at the end
     */
    static Service begin(HttpServerRequest request, Ground ground, Runnable stop) {
        var service = new Service(request, ground, stop);
        ground.visitors().began(request);
        request.exceptionHandler(broken -> service.abort());
        request.response().exceptionHandler(broken -> service.abort()).closeHandler(closed -> service.closed());
        return service;
    }

    /** Everything was served. */
    void complete() {
        end("complete");
    }

    /** HTTP/2 tells the end of every stream this way, that of a complete one too. */
    private void closed() {
        if (request.response().ended()) {
            complete();
        } else {
            abort();
        }
    }

    /** Its client has gone before everything was served. */
    void abort() {
        if (end("aborted")) {
            ground.counters().increment(BlocksCounter.ABORTED);
        }
    }

    private void expire() {
        if (end("expired")) {
            ground.counters().increment(BlocksCounter.EXPIRED);
            request.response().reset(CANCEL);
        }
    }

    private boolean end(String how) {
        if (over) {
            return false;
        }
        over = true;
        ground.vertx().cancelTimer(timer);
        ground.visitors().ended(request);
        stop.run();
        if (ground.logged()) {
            LOG.info(
                    "event=blocks.served method={} uri={} protocol={} remote={} end={} ms={}",
                    request.method(),
                    request.uri(),
                    request.version(),
                    request.remoteAddress(),
                    how,
                    (System.nanoTime() - began) / 1_000_000);
        }
        return true;
    }
}
