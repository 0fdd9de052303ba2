package dev.muster.broker;

import dev.muster.broker.Orders.Order;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;

/** Tells one command to many engines, each on its own event loop, and no loop for long at a time. */
final class Announcement {
    private static final int AT_ONCE = 256;

    private final Order order;

    Announcement(Order order) {
        this.order = order;
    }

    /** A random choice of so many, each equally likely. */
    static List<Conversation> chosen(List<Conversation> all, int count) {
        var random = new Random();
        var chosen = new ArrayList<Conversation>(count);
        for (int i = 0; i < all.size() && chosen.size() < count; i++) {
            if (random.nextInt(all.size() - i) < count - chosen.size()) {
                chosen.add(all.get(i));
            }
        }
        return chosen;
    }

    /** Tells all of them; how many could be told. Call it from a verticle. */
    Future<Integer> tell(List<Conversation> engines) {
        Map<Executor, List<Conversation>> byLoop = new HashMap<>();
        for (var engine : engines) {
            byLoop.computeIfAbsent(engine.out().loop(), loop -> new ArrayList<>())
                    .add(engine);
        }
        var told = new ArrayList<Future<Integer>>();
        byLoop.forEach((loop, mine) -> {
            var done = Promise.<Integer>promise();
            loop.execute(() -> tell(loop, mine, 0, 0, done));
            told.add(done.future());
        });
        return Future.all(told)
                .map(all -> told.stream().mapToInt(Future::result).sum());
    }

    private void tell(Executor loop, List<Conversation> mine, int from, int before, Promise<Integer> done) {
        int told = before;
        int to = Math.min(mine.size(), from + AT_ONCE);
        for (var engine : mine.subList(from, to)) {
            told += engine.tell(order) ? 1 : 0;
        }
        int sofar = told;
        if (to == mine.size()) {
            done.complete(sofar);
        } else {
            loop.execute(() -> tell(loop, mine, to, sofar, done));
        }
    }
}
