package dev.muster.blocks;

import dev.muster.http.Answers;
import dev.muster.http.HttpErrors;
import dev.muster.http.Params;
import dev.muster.measure.Counters;
import dev.muster.measure.Recorder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/**
 * {@code /blocks}: GET streams blocks, POST and PUT take them. A body is counted; where the query says the size of its
 * blocks it is checked as well.
 */
final class BlocksRoutes {
    /** HTTP/2's own word for it, RFC 9113, section 7: nothing was done, and it may be tried again. */
    private static final long REFUSED_STREAM = 7;

    private final Request limits;
    private final Service.Ground ground;
    private final BlockWriter.Tools tools;
    private final Recorder arrivalLateness;

    private record Taken(long bytes, long blocks, long malformed, double seconds) {
        private String text() {
            return String.format(
                    Locale.ROOT, "received %d bytes in %.3f s, %.0f bytes/s", bytes, seconds, bytes / seconds);
        }
    }

    /**
     * @param arrivalLateness takes how late paced blocks came, in nanoseconds
     */
    BlocksRoutes(Request limits, Service.Ground ground, BlockWriter.Tools tools, Recorder arrivalLateness) {
        this.limits = limits;
        this.ground = ground;
        this.tools = tools;
        this.arrivalLateness = arrivalLateness;
    }

    Router router(Vertx vertx) {
        var router = Router.router(vertx);
        HttpErrors.install(router);
        router.route("/blocks").handler(this::admit);
        router.get("/blocks").handler(this::download);
        router.route("/blocks").method(HttpMethod.POST).method(HttpMethod.PUT).handler(this::upload);
        return router;
    }

    private void admit(RoutingContext context) {
        if (ground.visitors().hasRoom(context.request())) {
            context.next();
        } else {
            context.response().reset(REFUSED_STREAM);
        }
    }

    private Counters<BlocksCounter> counters() {
        return ground.counters();
    }

    private void download(RoutingContext context) {
        var plan = limits.plan(Params.of(context));
        var response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(plan.total()));
        counters().increment(BlocksCounter.DOWNLOADS);
        var writer = new BlockWriter(response, plan, tools, bytes -> counters().add(BlocksCounter.SERVER_SENT, bytes));
        var service = Service.begin(context.request(), ground, writer::stop);
        // Complete only when the connection has taken everything, so that a client that goes away before is noticed:
        // HTTP/1.1 tells nothing else once the end was written.
        writer.start(() -> response.end().onSuccess(sent -> service.complete()).onFailure(gone -> service.abort()));
    }

    private void upload(RoutingContext context) {
        var request = context.request();
        limits.checkLength(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        var params = Params.of(context);
        boolean checked = params.raw("size") != null;
        var plan = checked ? limits.plan(params) : Plan.ORIGINAL;
        var reader = new BlockReader(plan, arrivalLateness);
        counters().increment(BlocksCounter.UPLOADS);
        var service = Service.begin(request, ground, () -> {
            counters().add(BlocksCounter.SERVER_BLOCKS, reader.blocks());
            counters().add(BlocksCounter.SERVER_MALFORMED, reader.malformed());
        });
        long began = System.nanoTime();
        request.handler(data -> {
            counters().add(BlocksCounter.SERVER_RECEIVED, data.length());
            if (checked) {
                reader.read(data, System.nanoTime());
            } else {
                reader.count(data);
            }
            if (reader.bytes() > limits.maxBytes()) {
                request.handler(ignored -> {});
                service.complete();
                context.fail(limits.tooLong());
            }
        });
        request.endHandler(all -> {
            service.complete();
            if (!context.response().headWritten()) {
                var taken = new Taken(
                        reader.bytes(), reader.blocks(), reader.malformed(), (System.nanoTime() - began) / 1e9);
                Answers.send(context, taken.text(), () -> taken);
            }
        });
    }
}
