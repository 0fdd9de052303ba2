package dev.muster.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * The fleets of a process, one for each event loop. They begin together, when all of them are there and nothing holds
 * them, so that neither their ramps differ nor the time that it took to make them counts as lateness. Safe to use from
 * any thread.
 */
final class Fleets {
    private final int expected;
    private final List<Fleet> fleets = new ArrayList<>();
    private boolean wanted;

    /**
     * @param expected how many there will be
     * @param held whether they wait for {@link #start}
     */
    Fleets(int expected, boolean held) {
        this.expected = expected;
        this.wanted = !held;
    }

    /** One more is there. */
    synchronized void add(Fleet fleet) {
        fleets.add(fleet);
        begin();
    }

    /** Lets the engines go on, or begin. */
    synchronized Future<Void> start() {
        wanted = true;
        return begin();
    }

    private Future<Void> begin() {
        if (!wanted || fleets.size() < expected) {
            return Future.succeededFuture();
        }
        long now = System.nanoTime();
        return tell(fleet -> fleet.begin(now));
    }

    /** No engine connects or sends a heartbeat from here on, until the next start; connections stay. */
    synchronized Future<Void> hold() {
        wanted = false;
        return tell(Fleet::hold);
    }

    /** Burns so many milliseconds of CPU for each engine. Completes with how many they are. */
    synchronized Future<Integer> work(long millis) {
        return ask(fleet -> fleet.work(millis));
    }

    /** Ends all engines, and the process with this code after the last. Completes with how many they are. */
    synchronized Future<Integer> kill(int code) {
        return ask(fleet -> fleet.kill(code));
    }

    private Future<Void> tell(Consumer<Fleet> action) {
        return ask(fleet -> {
                    action.accept(fleet);
                    return 0;
                })
                .mapEmpty();
    }

    /** Completes with the sum of their answers. */
    private Future<Integer> ask(ToIntFunction<Fleet> question) {
        var answers = fleets.stream().map(fleet -> ask(fleet, question)).toList();
        return Future.all(answers)
                .map(all -> answers.stream().mapToInt(Future::result).sum());
    }

    private static Future<Integer> ask(Fleet fleet, ToIntFunction<Fleet> question) {
        var answer = Promise.<Integer>promise();
        fleet.execute(() -> answer.complete(question.applyAsInt(fleet)));
        return answer.future();
    }
}
