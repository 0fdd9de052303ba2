package dev.muster.kube;

import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request on its way, from its connection to its outcome. For the client's event loop. */
final class Exchange {
    private static final long CANCEL = Http2Error.CANCEL.code();
    private static final int UNAUTHORIZED = 401;
    private static final int GATEWAY_TIMEOUT = 504;

    private final ApiClient client;
    private final ApiRequest request;
    private final Handler<Outcome> handler;
    private final long begun = System.nanoTime();
    private @Nullable String sentWith;
    private boolean renewed;
    private boolean ended;
    private Link.@Nullable Up up;
    private @Nullable HttpClientRequest opened;

    Exchange(ApiClient client, ApiRequest request, Handler<Outcome> handler) {
        this.client = client;
        this.request = request;
        this.handler = handler;
    }

    /** Of {@link System#nanoTime}. */
    long begun() {
        return begun;
    }

    void begin(Link.Up on) {
        if (ended) {
            return;
        }
        if (!on.hasRoom()) { // others were faster while the connection was made
            client.putOff(this);
            return;
        }
        up = on;
        sentWith = client.authorization();
        on.opened();
        on.connection().request(client.options(request, Duration.ZERO)).onComplete(this::opened, this::unreached);
    }

    /** No connection could be made. */
    void unreached(Throwable cause) {
        end(new Outcome.NotSent(ApiClient.text(cause)));
    }

    private void opened(HttpClientRequest stream) {
        if (ended) {
            stream.reset(CANCEL);
            return;
        }
        opened = stream;
        ApiClient.send(stream, request).onComplete(this::answered, this::lost);
    }

    private void answered(HttpClientResponse response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            // The head says it all: that the rest is cut off does not undo it.
            response.end().onComplete(read -> end(new Outcome.Done(status)));
            return;
        }
        response.body()
                .otherwise(Buffer.buffer())
                .onSuccess(body -> refused(Status.read(status, response.getHeader("Retry-After"), body)));
    }

    private void refused(Outcome.Refused refused) {
        if (refused.status() == UNAUTHORIZED && !renewed) {
            renewed = true;
            leave();
            opened = null;
            if (!Objects.equals(sentWith, client.authorization())) { // renewed while this one was under way
                client.start(this);
                return;
            }
            client.renew().onSuccess(changed -> {
                if (changed) {
                    client.start(this);
                } else {
                    end(refused);
                }
            });
        } else if (refused.status() == GATEWAY_TIMEOUT) {
            end(new Outcome.Unknown("504 " + refused.message()));
        } else {
            end(refused);
        }
    }

    private void lost(Throwable cause) {
        int stream = opened == null ? -1 : opened.streamId();
        end(Loss.of(cause, stream, up == null ? Integer.MAX_VALUE : up.lastSeen()));
    }

    /** Its time is over. */
    void giveUp(Duration after) {
        var text = "no answer within " + after.toMillis() + " ms";
        if (opened == null) {
            end(new Outcome.NotSent(text + ": there was no connection, or no room on one"));
        } else {
            end(new Outcome.Unknown(text));
            opened.reset(CANCEL);
        }
    }

    private void leave() {
        if (up != null) {
            up.closed();
            up = null;
            client.next();
        }
    }

    private void end(Outcome outcome) {
        if (ended) {
            return;
        }
        ended = true;
        leave();
        client.ended(this);
        handler.handle(outcome);
    }
}
