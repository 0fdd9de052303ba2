package dev.muster.informer;

import dev.muster.kube.Timestamps;
import dev.muster.kube.WatchEvent;
import dev.muster.measure.Recorder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of each object. News are held against that: what came twice or too late is counted and tells nothing, all
 * else is put on the queue. For one event loop.
 */
final class Cache {
    /** A resource version that is no number. */
    private static final long OPAQUE = Long.MAX_VALUE;

    private final Instruments instruments;
    private final WorkQueue queue;
    private final Map<String, WatchEvent> objects = new HashMap<>();
    private volatile int size;
    private volatile long latest;

    Cache(Instruments instruments, WorkQueue queue) {
        this.instruments = instruments;
        this.queue = queue;
    }

    /** Objects that exist; may be read by any thread. */
    int size() {
        return size;
    }

    /** The latest resource version that was told; 0 when it is no number. May be read by any thread. */
    long latestVersion() {
        return latest;
    }

    /** The latest of an object; empty when it does not exist. */
    Optional<WatchEvent> get(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** The resource version of each object by its key. */
    Map<String, String> versions() {
        var all = new HashMap<String, String>();
        objects.forEach((key, object) -> all.put(key, object.resourceVersion()));
        return all;
    }

    /**
     * All objects at once. What differs from what is known was changed, made or deleted without a notification.
     *
     * @param again whether they had been listed before
     * @param arrived epoch nanoseconds
     */
    void listed(List<WatchEvent> all, boolean again, long arrived) {
        instruments.listed(all.size(), again);
        var gone = new HashSet<>(objects.keySet());
        long before = instruments.notified();
        for (var object : all) {
            gone.remove(object.key());
            var known = objects.get(object.key());
            if (known == null) {
                put(object, Pending.Change.ADD, arrived, Pending.NONE);
            } else if (!known.resourceVersion().equals(object.resourceVersion())) {
                put(object, Pending.Change.UPDATE, arrived, Pending.NONE);
            }
        }
        gone.forEach(key -> remove(key, arrived));
        if (again) {
            instruments.missed(instruments.notified() - before);
        }
    }

    /**
     * News of one object.
     *
     * @param arrived epoch nanoseconds
     */
    void event(WatchEvent event, long arrived) {
        if (event.type() == WatchEvent.Type.BOOKMARK) {
            return;
        }
        var known = objects.get(event.key());
        long version = version(event);
        long before = known == null ? OPAQUE : version(known);
        if (known != null && version <= before && version != OPAQUE) {
            instruments.stale(version == before);
            return;
        }
        if (event.type() == WatchEvent.Type.DELETED && known == null) {
            instruments.stale(true); // a list has told that it is gone
        } else if (event.type() == WatchEvent.Type.DELETED) {
            remove(event.key(), arrived);
        } else if (event.type() == WatchEvent.Type.ADDED) {
            put(event, Pending.Change.ADD, arrived, stamp(event.created(), instruments.createLag, arrived));
        } else {
            // Somebody else's update leaves the time of the last one of ours.
            var text = known != null && known.updated().equals(event.updated()) ? "" : event.updated();
            put(event, Pending.Change.UPDATE, arrived, stamp(text, instruments.updateLag, arrived));
        }
    }

    private long stamp(String text, Recorder lag, long arrived) {
        var sent = Timestamps.read(text);
        if (sent.isEmpty()) {
            instruments.unstamped();
            return Pending.NONE;
        }
        lag.record(arrived - sent.getAsLong());
        return sent.getAsLong();
    }

    private void put(WatchEvent object, Pending.Change change, long arrived, long stamp) {
        objects.put(object.key(), object);
        long version = version(object);
        latest = version == OPAQUE ? 0 : version;
        size = objects.size();
        instruments.notified(change);
        queue.add(object.key(), change, arrived, stamp);
    }

    private void remove(String key, long arrived) {
        objects.remove(key);
        size = objects.size();
        instruments.notified(Pending.Change.DELETE);
        queue.add(key, Pending.Change.DELETE, arrived, Pending.NONE);
    }

    /** Numbers that grow, as KEP-5504 has promised for all of Kubernetes' own; another server's count as never repeated. */
    private static long version(WatchEvent event) {
        try {
            return Long.parseLong(event.resourceVersion());
        } catch (NumberFormatException opaque) {
            return OPAQUE;
        }
    }
}
