package dev.muster.node;

import dev.muster.bus.Credential;
import dev.muster.bus.Envelope;
import dev.muster.bus.Message;
import dev.muster.http.AdminGuard;
import dev.muster.http.HttpError;
import dev.muster.http.HttpServers;
import dev.muster.http.Params;
import dev.muster.measure.EpochClock;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;

/**
 * {@code POST /bus/ADDRESS?timeout_ms=N} for admins: hands a message ({@link Envelope}) to the event bus and answers with
 * the reply; with {@code publish=true} all that hear there get it, and the answer, 202, says only that it was sent. It is
 * how a run outside of a cluster speaks with the roles in it, through a port-forward to any one process. Both ends of the
 * answer's way through this process are told by its clock, so that clocks can be compared.
 */
final class BusRoutes {
    /** Less than after what an idle connection is closed. */
    private static final long MOST_MILLIS = 60_000;

    private static final long USUAL_MILLIS = 10_000;

    private final Vertx vertx;
    private final Credential credential;
    private final Envelope envelope = new Envelope();
    private final EpochClock clock = EpochClock.system();

    private BusRoutes(Vertx vertx, Credential credential) {
        this.vertx = vertx;
        this.credential = credential;
    }

    static void install(Router router, Vertx vertx, Node node) {
        var routes = new BusRoutes(vertx, node.credential());
        router.route("/bus/*").handler(new AdminGuard(node.credential(), node.insecureAdmin()));
        HttpServers.readBodies(router);
        router.post("/bus/:address").handler(routes::pass);
    }

    private void pass(RoutingContext context) {
        long received = clock.nanos();
        var params = Params.of(context);
        var within = params.number("timeout_ms", 1, MOST_MILLIS);
        boolean publish = "true".equals(params.text("publish", 5));
        params.check();
        if (publish) {
            vertx.eventBus().publish(context.pathParam("address"), message(context));
            context.response().setStatusCode(202).end();
            return;
        }
        var options = new DeliveryOptions().setSendTimeout(within == null ? USUAL_MILLIS : within);
        vertx.eventBus()
                .<Message>request(context.pathParam("address"), message(context), options)
                .onSuccess(reply -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .putHeader("Muster-Received", String.valueOf(received))
                        .putHeader("Muster-Sent", String.valueOf(clock.nanos()))
                        .end(Buffer.buffer(envelope.pack(reply.body()))))
                .onFailure(cause -> fail(context, cause));
    }

    private Message message(RoutingContext context) {
        var body = context.body().buffer();
        try {
            return envelope.unpack(body == null ? new byte[0] : body.getBytes(), credential);
        } catch (IOException e) {
            throw new HttpError(400, "no message of the bus: " + e.getMessage(), "see docs/protocol.md");
        }
    }

    /** With the failure in words that the other end can make the same failure of. */
    private static void fail(RoutingContext context, Throwable cause) {
        if (!(cause instanceof ReplyException reply)) {
            context.fail(cause);
            return;
        }
        context.response()
                .setStatusCode(reply.failureType() == ReplyFailure.RECIPIENT_FAILURE ? 422 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject()
                        .put("error", String.valueOf(reply.getMessage()))
                        .put("failure", reply.failureType().name())
                        .put("code", reply.failureCode())
                        .encode());
    }
}
