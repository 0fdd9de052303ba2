package dev.muster.streams;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The users of one event loop. In a closed loop each begins its next iteration when the last one has ended; in an open one
 * an iteration begins when it is due, or as soon as a user is free, and its latency counts from when it was due. At the
 * end what was acknowledged is read back. Belongs to one event loop.
 */
final class Users {
    /** After a connection that can't be had, or that broke: a store that is away is not asked in a tight loop. */
    private static final long PAUSE_MILLIS = 50;

    /** How exact a request's time-out is. */
    private static final long SWEEP_MILLIS = 50;

    private final Vertx vertx;
    private final Setup setup;
    private final NetClient client;
    private final Instruments instruments;
    private final List<VirtualUser> all = new ArrayList<>();
    private final Deque<VirtualUser> free = new ArrayDeque<>();
    private final List<ReadBack> reading = new ArrayList<>();
    private final Queue<Long> due;

    /** Users that are free, and not yet spoken for. */
    private final AtomicInteger spare;

    private final Written written;
    private final Aftermath aftermath;
    private final Requests requests;
    private Promise<Void> ended = Promise.promise();
    private final AtomicInteger active = new AtomicInteger();
    private boolean open;
    private boolean over;
    private long sweeping = -1;

    /**
     * @param count how many
     * @param due iterations of the open loop that no user has begun yet, of all event loops
     * @param overall takes what they and others notice of faults
     */
    Users(
            Vertx vertx,
            Setup setup,
            int count,
            NetClient client,
            Instruments instruments,
            Queue<Long> due,
            Overall overall) {
        this.vertx = vertx;
        this.setup = setup;
        this.client = client;
        this.due = due;
        this.spare = new AtomicInteger(count);
        this.instruments = instruments;
        this.written = new Written(setup.events());
        this.requests = new Requests(setup);
        this.aftermath = new Aftermath(overall);
        var random = new SplittableRandom();
        for (int i = 0; i < count; i++) {
            var user = new VirtualUser(this, setup, requests, instruments, random.split());
            all.add(user);
            free.add(user);
        }
    }

    /** Lets users begin. */
    void begin() {
        open = true;
        sweeping = vertx.setPeriodic(SWEEP_MILLIS, timer -> expire());
        if (!setup.isOpen()) {
            long now = System.nanoTime();
            while (!free.isEmpty()) {
                begin(free.pop(), now);
            }
        }
    }

    /** How many there are. */
    int count() {
        return all.size();
    }

    /** Speaks for a free user, for whom {@link #takeDue} is to be called; false when there is none. Any thread may ask. */
    boolean reserve() {
        return spare.getAndUpdate(users -> Math.max(0, users - 1)) > 0;
    }

    /** The user that was spoken for begins what has been due for longest. */
    void takeDue() {
        var next = over ? null : due.poll();
        if (next == null) {
            spare();
        } else {
            begin(free.pop(), next);
        }
    }

    /** One more user is free; what came just before found nobody to speak for. */
    private void spare() {
        spare.incrementAndGet();
        if (!over && !due.isEmpty() && reserve()) {
            takeDue();
        }
    }

    private void rest(VirtualUser user) {
        free.push(user);
        spare();
        endIfIdle();
    }

    private void begin(VirtualUser user, long intended) {
        active.lazySet(active.get() + 1); // only this event loop writes
        user.begin(intended);
    }

    /** A user has ended an iteration. */
    void ended(VirtualUser user, Written.Stream stream) {
        active.lazySet(active.get() - 1);
        written.add(stream);
        var next = over ? null : due.poll();
        if (next != null) {
            begin(user, next);
        } else if (open && !setup.isOpen()) {
            // Not from within: a chain of requests that fail at once would have no end.
            vertx.runOnContext(turn -> goOn(user));
        } else {
            rest(user);
        }
    }

    private void goOn(VirtualUser user) {
        if (open) {
            begin(user, System.nanoTime());
        } else {
            rest(user);
        }
    }

    /** No iteration begins from here on that was not due before; completes when all have ended. */
    Future<Void> end() {
        open = false;
        ended = Promise.promise();
        endIfIdle();
        return ended.future();
    }

    /** There is no more time: what was due never begins, and what is under way ends here. */
    void giveUp() {
        over = true;
        open = false;
        while (due.poll() != null) {
            instruments.counters.increment(StreamsCounter.UNSENT);
        }
        all.forEach(VirtualUser::giveUp);
    }

    private void endIfIdle() {
        // While something is due, no user is idle.
        if (!open && active.get() == 0) {
            ended.tryComplete();
        }
    }

    /**
     * Reads back what was acknowledged.
     *
     * @param patienceNanos with a store that does not answer
     */
    Future<Void> readBack(long patienceNanos) {
        var patience = new Patience(patienceNanos);
        var readers = new ArrayList<Future<Void>>();
        for (int i = 0; i < Math.min(8, all.size()); i++) {
            var reader = new ReadBack(this, requests, written, instruments.counters, patience);
            reading.add(reader);
            readers.add(reader.run());
        }
        return Future.join(readers).mapEmpty();
    }

    /** What they notice of faults. */
    Aftermath aftermath() {
        return aftermath;
    }

    /** The same as a whole: nothing of it changes any more. */
    Aftermath.Seen seen() {
        long now = System.nanoTime();
        return aftermath.seen(all.stream().map(user -> user.finish(now)).toList());
    }

    private void expire() {
        long now = System.nanoTime();
        all.forEach(user -> user.expire(now));
        reading.forEach(reader -> reader.expire(now));
    }

    /** Does something a little later, on this event loop. */
    void later(Runnable action) {
        vertx.setTimer(PAUSE_MILLIS, timer -> action.run());
    }

    Wire wire(Wire.Client user) {
        return new Wire(client, setup, user);
    }

    /** Users with an iteration under way. Any thread may ask. */
    int active() {
        return active.get();
    }

    void close() {
        vertx.cancelTimer(sweeping);
        all.forEach(VirtualUser::close);
    }
}
