package dev.muster.broker;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** The one port of all instances. The first one to come binds it, any free one if it is 0, and the others follow. */
final class Port {
    private final int wanted;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final Promise<Integer> bound = Promise.promise();

    Port(int wanted) {
        this.wanted = wanted;
    }

    /** Binds to the port by the function, which answers with the port that it has. */
    Future<Integer> bind(Function<Integer, Future<Integer>> binding) {
        if (taken.compareAndSet(false, true)) {
            return binding.apply(wanted).onComplete(bound);
        }
        return bound.future().compose(binding);
    }
}
