package dev.muster.sql;

import dev.muster.bus.Failure;
import dev.muster.bus.Message;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that are answered with what the database says. */
public final class Questions {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    private Questions() {}

    /**
     * Answers each with what the work comes to, or with its failure as {@link SqlFailures} has it: whatever goes wrong, the
     * one who asked hears of it.
     *
     * @param asked those of one address, on the verticle's own event loop
     */
    public static <Q extends Message> void answer(
            MessageConsumer<Q> asked, Function<Q, Future<? extends Message>> work) {
        asked.handler(message -> attempt(work, message.body())
                .onSuccess(message::reply)
                .onFailure(cause -> message.fail(failureOf(cause).code(), String.valueOf(cause.getMessage()))));
    }

    private static <Q> Future<? extends Message> attempt(Function<Q, Future<? extends Message>> work, Q question) {
        try {
            return work.apply(question);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** That the database is away is told once, by {@link DatabaseWatch}, and not for each question. */
    private static Failure failureOf(Throwable cause) {
        var failure = SqlFailures.of(cause);
        if (failure == Failure.INTERNAL) {
            LOG.error("event=query_failed", cause);
        } else if (!(cause instanceof ReplyException)) {
            LOG.debug("event=query_refused cause=\"{}\"", cause.getMessage());
        }
        return failure;
    }
}
