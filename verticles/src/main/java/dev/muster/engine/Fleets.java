package dev.muster.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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

    /** Burns so many milliseconds of CPU for each engine. */
    synchronized Future<Void> work(long millis) {
        return tell(fleet -> fleet.work(millis));
    }

    /** Ends all engines, and the process with this code after the last. */
    synchronized Future<Void> kill(int code) {
        return tell(fleet -> fleet.kill(code));
    }

    private Future<Void> tell(Consumer<Fleet> action) {
        return Future.all(fleets.stream().map(fleet -> tell(fleet, action)).toList())
                .mapEmpty();
    }

    private static Future<Void> tell(Fleet fleet, Consumer<Fleet> action) {
        var done = Promise.<Void>promise();
        fleet.execute(() -> {
            action.accept(fleet);
            done.complete();
        });
        return done.future();
    }
}
