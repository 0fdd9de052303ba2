package dev.muster.kube;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;

/** What became of a request whose stream ended without an answer. */
final class Loss {
    private Loss() {}

    /**
     * The server promises that it did not look at a stream that it refused (RFC 9113, 8.7), and at none above the last one
     * that its GOAWAY names (6.8). Of any other nobody knows.
     *
     * @param stream its id; negative when it never got one
     * @param lastSeen the last stream that a GOAWAY on its connection names; the largest number without one
     */
    static Outcome of(Throwable cause, int stream, int lastSeen) {
        var text = ApiClient.text(cause);
        return stream < 0 || isRefused(cause) || (cause instanceof HttpClosedException && stream > lastSeen)
                ? new Outcome.NotSent(text)
                : new Outcome.Unknown(text);
    }

    private static boolean isRefused(Throwable cause) {
        if (cause instanceof StreamResetException reset) {
            return reset.getCode() == Http2Error.REFUSED_STREAM.code();
        }
        return cause instanceof Http2Exception error && error.error() == Http2Error.REFUSED_STREAM;
    }
}
