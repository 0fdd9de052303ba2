package dev.muster.informer;

import dev.muster.kube.Reflector;
import dev.muster.kube.WatchEvent;
import dev.muster.measure.EpochClock;
import io.vertx.core.Promise;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what a feed tells: objects into the cache, and what became of the watch into the books. For one event loop. */
final class News implements Reflector.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private final EpochClock clock = EpochClock.system();
    private final Cache cache;
    private final Workers workers;
    private final Instruments instruments;
    private final Promise<Void> opened;
    private boolean interrupted;
    private long brokeAt;

    /** @param opened completes with the first watch, and fails when that can't be opened */
    News(Cache cache, Workers workers, Instruments instruments, Promise<Void> opened) {
        this.cache = cache;
        this.workers = workers;
        this.instruments = instruments;
        this.opened = opened;
    }

    @Override
    public void listed(List<WatchEvent> objects, boolean again, long nanos) {
        instruments.lists.record(nanos);
        cache.listed(objects, again, clock.nanos());
        workers.wake();
    }

    @Override
    public void opened(String version) {
        if (interrupted) {
            interrupted = false;
            long nanos = System.nanoTime() - brokeAt;
            instruments.reconnected(nanos);
            LOG.info("event=informer.reconnected ms={} objects={}", nanos / 1_000_000, cache.size());
        }
        opened.tryComplete();
    }

    @Override
    public void event(WatchEvent event, long arrived) {
        cache.event(event, arrived);
        workers.wake();
    }

    @Override
    public void closed(Reflector.End end, String cause) {
        opened.tryFail(cause); // when the first one can't be opened, nothing is watched
        instruments.ended(end);
        if (end != Reflector.End.TIME && !interrupted) {
            interrupted = true;
            brokeAt = System.nanoTime();
        }
        LOG.info("event=informer.watch end={} objects={} cause=\"{}\"", end, cache.size(), cause);
    }
}
