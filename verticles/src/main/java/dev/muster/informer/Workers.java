package dev.muster.informer;

import dev.muster.kube.WatchEvent;
import dev.muster.measure.EpochClock;
import dev.muster.measure.Recorder;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Take changed objects off the queue, each one at a time. For one event loop. */
final class Workers {
    private final Vertx vertx;
    private final Settings settings;
    private final WorkQueue queue;
    private final Cache cache;
    private final Instruments instruments;
    private final WorkLog log;
    private final EpochClock clock = EpochClock.system();
    /** What was last worked off; without comparison its mere being there is what counts. */
    private final Map<String, WatchEvent> seen = new HashMap<>();

    private int free;
    private boolean woken;

    /**
     * How they work.
     *
     * @param workers how many
     * @param work how long each takes for an object
     * @param compare whether each object is compared with what was worked off before
     */
    record Settings(int workers, Duration work, boolean compare) {}

    /** Whether an object is the same as when it was last worked off; the numbers are the original's. */
    enum Difference {
        NOT_COMPARED(0),
        SAME(2),
        DIFFERENT(3);

        private final int number;

        Difference(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    Workers(Vertx vertx, Settings settings, WorkQueue queue, Cache cache, Instruments instruments, WorkLog log) {
        this.vertx = vertx;
        this.settings = settings;
        this.queue = queue;
        this.cache = cache;
        this.instruments = instruments;
        this.log = log;
        this.free = settings.workers();
    }

    /** There may be something on the queue: in the event loop's next turn, so that what came with it is there as well. */
    void wake() {
        if (!woken && free > 0 && queue.isReady()) {
            woken = true;
            vertx.runOnContext(turn -> {
                woken = false;
                work();
            });
        }
    }

    private void work() {
        long millis = settings.work().toMillis();
        while (free > 0) {
            var item = queue.take();
            if (item.isEmpty()) {
                return;
            }
            var key = item.get().key();
            dequeued(key, item.get().why());
            if (millis == 0) {
                queue.done(key);
            } else {
                free--;
                vertx.setTimer(millis, timer -> {
                    free++;
                    queue.done(key);
                    wake();
                });
            }
        }
    }

    private void dequeued(String key, Pending why) {
        long now = clock.nanos();
        var object = cache.get(key);
        var before = Optional.ofNullable(seen.get(key));
        var difference = compare(before, object);
        object.ifPresentOrElse(it -> seen.put(key, it), () -> seen.remove(key));
        var operation = object.isEmpty() ? "delete" : before.isEmpty() ? "create" : "update";

        instruments.counters.increment(InformerCounter.DEQUEUED);
        instruments.queueTime.record(Math.max(0, now - why.first()));
        log.write(now, operation, key, object.map(WatchEvent::creation).orElse(""), why, difference);
        if (difference == Difference.SAME) {
            instruments.counters.increment(InformerCounter.SAME);
            return;
        }
        if (why.all() != 1) {
            instruments.counters.increment(InformerCounter.COALESCED);
        } else if (why.updates() == 1) {
            instruments.counters.increment(InformerCounter.UPDATES_DEQUEUED);
        }
        if (operation.equals("create")) {
            lag(instruments.createDequeueLag, why.created(), now);
        } else if (operation.equals("update")) {
            lag(instruments.updateDequeueLag, why.updated(), now);
        }
    }

    private static void lag(Recorder recorder, long stamp, long now) {
        if (stamp != Pending.NONE) {
            recorder.record(now - stamp);
        }
    }

    /** By name, version and, where they are known, digests: of two lists' objects the version alone says it. */
    private Difference compare(Optional<WatchEvent> before, Optional<WatchEvent> now) {
        if (!settings.compare()) {
            return Difference.NOT_COMPARED;
        }
        if (before.isEmpty() || now.isEmpty()) {
            return before.isEmpty() && now.isEmpty() ? Difference.SAME : Difference.DIFFERENT;
        }
        var a = before.get();
        var b = now.get();
        boolean digests = a.digest() == 0 || b.digest() == 0 || a.digest() == b.digest();
        return a.resourceVersion().equals(b.resourceVersion()) && digests ? Difference.SAME : Difference.DIFFERENT;
    }
}
