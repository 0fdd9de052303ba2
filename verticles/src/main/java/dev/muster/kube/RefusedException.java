package dev.muster.kube;

import io.vertx.core.VertxException;

/** The server answered a question with another status than was to come. */
final class RefusedException extends VertxException {
    private static final long serialVersionUID = 1;

    RefusedException(ApiClient.Answer answer) {
        super(
                answer.status() + " "
                        + Status.read(answer.status(), null, answer.body()).message(),
                true);
    }
}
