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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The load of a process: all its users, on all its event loops, which begin and end together. Safe to use from any
 * thread.
 */
final class Load {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Setup setup;
    private final int loops;
    private final List<Share> shares = new ArrayList<>();

    /** The event loop of each user, going round. */
    private final List<Share> places = new ArrayList<>();

    private final Queue<Long> due = new ConcurrentLinkedQueue<>();
    private final Promise<Void> ready = Promise.promise();
    private final Overall overall = new Overall();
    private @Nullable Pacer pacer;
    private long planned;
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

    /** Iterations of the open loop that no user has begun yet. */
    Queue<Long> due() {
        return due;
    }

    /** Begins on all event loops. */
    synchronized void begin(Recorder lateness) {
        overall.begin(System.nanoTime());
        shares.forEach(
                share -> share.context().runOnContext(turn -> share.users().begin()));
        if (setup.isOpen()) {
            place();
            planned = Math.max(1, Math.round(setup.rate() * setup.durationNanos() / 1e9));
            var process = ArrivalProcess.constant(setup.rate()).first(planned);
            pacer = Pacer.start("streams-pacer", process, lateness, this::arrive);
        }
    }

    private void place() {
        for (int round = 0; places.size() < setup.users(); round++) {
            for (var share : shares) {
                if (share.users().count() > round) {
                    places.add(share);
                }
            }
        }
    }

    /** Goes to the next user's event loop, or to any that has a free user; else it waits for the first one anywhere. */
    private void arrive(long index, long intended) {
        due.add(intended);
        boolean taken = tryTake(places.get((int) (index % places.size())));
        for (int i = 0; i < loops && !taken; i++) {
            taken = tryTake(shares.get(i));
        }
    }

    private static boolean tryTake(Share share) {
        boolean taken = share.users().reserve();
        if (taken) {
            share.context().runOnContext(turn -> share.users().takeDue());
        }
        return taken;
    }

    /** No iteration begins from here on but those of the schedule; completes when all have ended. */
    synchronized Future<Void> end() {
        var pacing = pacer;
        // A pacer that is late still has some to send: they were due.
        over = System.nanoTime();
        return pacing == null
                ? all(Users::end)
                : Future.fromCompletionStage(pacing.done()).transform(done -> all(Users::end));
    }

    /** Iterations that nobody has taken, as the load was given up before they were due; for use after {@link #end}. */
    synchronized long neverTaken() {
        return pacer == null ? 0 : planned - pacer.arrivals() + due.size();
    }

    /** The load has no more time: {@link #end} completes now, whatever is under way. */
    synchronized void giveUp() {
        var pacing = pacer;
        if (pacing != null) {
            pacing.stop();
        }
        shares.forEach(
                share -> share.context().runOnContext(turn -> share.users().giveUp()));
    }

    /** Reads back all that was acknowledged. */
    synchronized Future<Void> readBack() {
        return all(users -> users.readBack(PATIENCE_NANOS));
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

    private synchronized Future<Void> all(Function<Users, Future<Void>> what) {
        return Future.join(shares.stream().map(share -> share.tell(what)).toList())
                .mapEmpty();
    }

    /** Users with an iteration under way. */
    synchronized int active() {
        return shares.stream().mapToInt(share -> share.users().active()).sum();
    }
}
