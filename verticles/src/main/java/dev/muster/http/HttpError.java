package dev.muster.http;

import dev.muster.bus.Failure;

/**
 * A request that can't be served: what is wrong and how to mend it, as the client reads it. Thrown or failed with, it
 * becomes the answer through {@link HttpErrors}.
 */
public final class HttpError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A client that meets a full queue or an absent database comes back after so many seconds. */
    static final int RETRY_AFTER_SECONDS = 1;

    private final int status;
    private final String fix;

    /**
     * @param status the HTTP status, 400 to 599; 503 is sent with {@code Retry-After}
     * @param error what is wrong, without a full stop
     * @param fix what the client can do about it; empty when there is nothing
     */
    public HttpError(int status, String error, String fix) {
        super(error, null, false, false);
        this.status = status;
        this.fix = fix;
    }

    /** A request over the bus failed: the same failure for the HTTP client. */
    public static HttpError of(Throwable cause) {
        if (cause instanceof HttpError error) {
            return error;
        }
        var failure = Failure.of(cause);
        var message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return switch (failure) {
            case UNAVAILABLE -> new HttpError(failure.code(), message, "try again after the time in Retry-After");
            case INTERNAL -> new HttpError(failure.code(), "internal error", "see the log of this process");
            default -> new HttpError(failure.code(), message, "");
        };
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What is wrong. */
    public String error() {
        return String.valueOf(getMessage());
    }

    /** What the client can do; empty when there is nothing. */
    public String fix() {
        return fix;
    }
}
