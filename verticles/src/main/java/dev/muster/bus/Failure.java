package dev.muster.bus;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** Why a request over the bus failed. The code is the HTTP status that tells a user the same. */
public enum Failure {
    /** The request itself is wrong and will never succeed. */
    BAD_REQUEST(400),
    /** The sender's credential is missing or wrong. */
    FORBIDDEN(403),
    /** It contradicts what is stored: look at that before another try. */
    CONFLICT(409),
    /** Something is broken here. */
    INTERNAL(500),
    /** The queue is full, the database is away, or nobody listens: try again later. */
    UNAVAILABLE(503);

    private final int code;

    Failure(int code) {
        this.code = code;
    }

    /** The failure's code on the bus, and the HTTP status. */
    public int code() {
        return code;
    }

    /** The failure as an exception that a reply carries. */
    public ReplyException exception(String message) {
        return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, message);
    }

    /**
     * What a failed request means. Nobody listening, and no answer in time, are {@link #UNAVAILABLE}; anything that is
     * not a reply's failure is {@link #INTERNAL}.
     */
    public static Failure of(Throwable cause) {
        if (cause instanceof ReplyException reply) {
            if (reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
                return UNAVAILABLE;
            }
            for (var failure : values()) {
                if (failure.code == reply.failureCode()) {
                    return failure;
                }
            }
        }
        return INTERNAL;
    }
}
