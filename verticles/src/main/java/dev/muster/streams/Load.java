package dev.muster.streams;

import dev.muster.bus.FaultImpacts;
import dev.muster.measure.ArrivalProcess;
import dev.muster.measure.Pacer;
import dev.muster.measure.Recorder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The load of a process: all its users, on all its event loops, which begin and end together. Safe to use from any
 * thread.
 */
final class Load {
    private final Setup setup;
    private final int loops;
    private final List<Share> shares = new ArrayList<>();
    private final Promise<Void> ready = Promise.promise();
    private final Overall overall = new Overall();
    private @Nullable Pacer pacer;
    private long over;

    /** The users of one event loop, and that loop. */
    record Share(Context context, Users users) {
        <T> Future<T> tell(Function<Users, Future<T>> what) {
            var told = Promise.<T>promise();
            context.runOnContext(turn -> what.apply(users).onComplete(told));
            return told.future();
        }
    }

    Load(Setup setup, int loops) {
        this.setup = setup;
        this.loops = loops;
    }

    /** One more event loop is ready. */
    synchronized void add(Share share) {
        shares.add(share);
        if (shares.size() == loops) {
            ready.complete();
        }
    }

    /** Completes when all event loops are ready. */
    Future<Void> ready() {
        return ready.future();
    }

    /** Begins on all event loops. */
    synchronized void begin(Recorder lateness) {
        overall.begin(System.nanoTime());
        shares.forEach(
                share -> share.context().runOnContext(turn -> share.users().begin()));
        if (setup.isOpen()) {
            long count = Math.max(1, Math.round(setup.rate() * setup.durationNanos() / 1e9));
            var process = ArrivalProcess.constant(setup.rate()).first(count);
            pacer = Pacer.start("streams-pacer", process, lateness, this::arrive);
        }
    }

    private void arrive(long index, long intended) {
        var share = shares.get((int) (index % loops));
        share.context().runOnContext(turn -> share.users().arrive(intended));
    }

    /** No iteration begins from here on but those that are due; completes when all have ended. */
    synchronized Future<Void> end() {
        var pacing = pacer;
        if (pacing != null) {
            pacing.stop();
        }
        over = System.nanoTime();
        return all(Users::end);
    }

    /** The load has no more time: {@link #end} completes now, whatever is under way. */
    synchronized void giveUp() {
        shares.forEach(
                share -> share.context().runOnContext(turn -> share.users().giveUp()));
    }

    /** Reads back all that was acknowledged. */
    synchronized Future<Void> readBack() {
        return all(Users::readBack);
    }

    /** What all users notice of faults together. */
    Overall overall() {
        return overall;
    }

    /** What the faults did to the users, after {@link #readBack}. */
    synchronized Future<FaultImpacts> impacts() {
        long end = over;
        overall.finish(System.nanoTime());
        var seen = shares.stream()
                .map(share -> share.tell(users -> Future.succeededFuture(users.seen())))
                .toList();
        return Future.all(seen).map(all -> new Impacts(all.list(), overall, end).impacts());
    }

    private Future<Void> all(Function<Users, Future<Void>> what) {
        return Future.join(shares.stream().map(share -> share.tell(what)).toList())
                .mapEmpty();
    }

    /** Users with an iteration under way. */
    synchronized int active() {
        return shares.stream().mapToInt(share -> share.users().active()).sum();
    }
}
