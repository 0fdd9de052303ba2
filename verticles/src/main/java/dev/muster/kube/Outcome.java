package dev.muster.kube;

import java.time.Duration;
import java.util.Optional;

/** What became of a request. Exactly one of these is told for each, and none is ever sent a second time in silence. */
public sealed interface Outcome {
    /**
     * The server has done it.
     *
     * @param status 200 to 299
     */
    record Done(int status) implements Outcome {}

    /**
     * The server has answered that it did not do it.
     *
     * @param status of HTTP
     * @param reason the API's word for it, such as {@code AlreadyExists}; empty when the answer has none
     * @param message for a user
     * @param retryAfter when the server asks to come back
     */
    record Refused(int status, String reason, String message, Optional<Duration> retryAfter) implements Outcome {
        /** Whether the server only asks to be slower: it is no error of the request. */
        public boolean throttled() {
            return status == 429;
        }
    }

    /**
     * The server has not begun it: there was no connection, or the server said that it did not look at the request.
     *
     * @param cause for a user
     */
    record NotSent(String cause) implements Outcome {}

    /**
     * It was sent, and how it ended is not known: the connection broke, the answer did not come in time, or the server
     * gave up waiting for its store (504).
     *
     * @param cause for a user
     */
    record Unknown(String cause) implements Outcome {}
}
