package dev.muster.kube;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What requests say of who we are, renewed in time where that is needed. For the event loop that makes it. */
final class Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final long RENEW_MILLIS = 60_000;

    private final Vertx vertx;
    private final Access access;
    private final long timer;
    private @Nullable String authorization;
    private @Nullable Future<Boolean> renewing;

    Credentials(Vertx vertx, Access access) {
        this.vertx = vertx;
        this.access = access;
        this.authorization = access.authorization().orElse(null);
        this.timer = access.rotates() ? vertx.setPeriodic(RENEW_MILLIS, tick -> renew()) : -1;
    }

    /** The header {@code Authorization}; null when a certificate says who we are, or nothing does. */
    @Nullable String authorization() {
        return authorization;
    }

    /** Whether the credentials are others now; one renewal at a time. */
    Future<Boolean> renew() {
        var running = renewing;
        if (running != null) {
            return running;
        }
        Future<Boolean> begun = vertx.executeBlocking(access::renew, false)
                .onSuccess(changed -> authorization = access.authorization().orElse(null))
                .onFailure(cause -> LOG.warn("event=credentials_not_renewed cause=\"{}\"", ApiClient.text(cause)))
                .otherwise(false)
                .onComplete(ended -> renewing = null);
        renewing = begun.isComplete() ? null : begun;
        return begun;
    }

    void close() {
        vertx.cancelTimer(timer);
    }
}
