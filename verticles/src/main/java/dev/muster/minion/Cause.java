package dev.muster.minion;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

/** Why a registration has to be sent again, and what counts it. */
enum Cause {
    REFUSED(MinionCounter.REFUSED),
    TIMED_OUT(MinionCounter.TIMED_OUT),
    DISCONNECTED(MinionCounter.DISCONNECTED),
    UNAVAILABLE(MinionCounter.UNAVAILABLE),
    UNEXPECTED(MinionCounter.UNEXPECTED);

    private final MinionCounter counter;

    Cause(MinionCounter counter) {
        this.counter = counter;
    }

    MinionCounter counter() {
        return counter;
    }

    /** Of an answer that is neither 200 nor 400. */
    static Cause of(int status) {
        return status == 503 ? UNAVAILABLE : UNEXPECTED;
    }

    /** Of a request without an answer. A reset carries the reason for it inside. */
    static Cause of(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            // A connection that could not be made in time is a ConnectException too.
            if (at instanceof ConnectTimeoutException || at instanceof TimeoutException) {
                return TIMED_OUT;
            }
            if (at instanceof ConnectException || at instanceof UnknownHostException) {
                return REFUSED;
            }
        }
        boolean broken = failure instanceof HttpClosedException
                || failure instanceof StreamResetException
                || failure instanceof IOException;
        return broken ? DISCONNECTED : UNEXPECTED;
    }
}
