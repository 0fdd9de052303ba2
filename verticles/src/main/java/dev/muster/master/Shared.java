package dev.muster.master;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Answers a question once for all who ask it meanwhile, so that an expensive one is never under way twice. Who asks gets
 * an answer that was begun afterwards: it knows all that was stored before. Belongs to one event loop.
 */
final class Shared<Q, A> {
    private final Function<Q, Future<A>> work;
    private final Map<Q, Future<A>> underWay = new HashMap<>();
    private final Map<Q, Future<A>> next = new HashMap<>();

    Shared(Function<Q, Future<A>> work) {
        this.work = work;
    }

    Future<A> ask(Q question) {
        var current = underWay.get(question);
        return current == null
                ? begin(question)
                : next.computeIfAbsent(
                        question,
                        same -> current.transform(done -> {
                            next.remove(question);
                            return begin(question);
                        }));
    }

    private Future<A> begin(Q question) {
        var answer = work.apply(question);
        underWay.put(question, answer);
        return answer.onComplete(done -> underWay.remove(question, answer));
    }
}
