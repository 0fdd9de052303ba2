package dev.muster.watcher;

import dev.muster.kube.Timestamps;
import dev.muster.kube.WatchEvent;
import dev.muster.measure.Counters;
import dev.muster.measure.Recorder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What is known of each object, and what an event says against that: whether it is late, repeated or out of order. For one
 * thread.
 */
final class Ledger {
    private static final long OPAQUE = Long.MAX_VALUE;

    private final Counters<WatcherCounter> counters;
    private final Recorder lag;
    private final Map<String, Known> objects = new HashMap<>();
    /** The highest version heard of: one watch tells all objects in their order, so no news is older. */
    private long highest = Long.MIN_VALUE;

    /** @param updated the annotation's text, which changes with each update that has a lag */
    private record Known(long version, String updated) {}

    Ledger(Counters<WatcherCounter> counters, Recorder lag) {
        this.counters = counters;
        this.lag = lag;
    }

    int size() {
        return objects.size();
    }

    /** All objects at once. What differs from what is known was changed, made or deleted without an event. */
    void listed(List<WatchEvent> all, boolean again) {
        counters.increment(WatcherCounter.LISTS);
        counters.add(WatcherCounter.LISTED, all.size());
        var gone = new HashSet<>(objects.keySet());
        for (var each : all) {
            gone.remove(each.key());
            var news = known(each);
            var known = objects.put(each.key(), news);
            hear(news.version());
            if (again && (known == null || known.version() != news.version())) {
                counters.increment(WatcherCounter.COALESCED);
            }
        }
        counters.add(WatcherCounter.COALESCED, gone.size());
        objects.keySet().removeAll(gone);
    }

    /**
     * An event.
     *
     * @param arrived when it was read, epoch nanoseconds
     */
    void event(WatchEvent event, long arrived) {
        if (event.type() == WatchEvent.Type.BOOKMARK) {
            counters.increment(WatcherCounter.BOOKMARKS);
            return;
        }
        var known = objects.get(event.key());
        long version = version(event);
        // Of what was deleted nothing is kept: it is known by the order of all.
        long newest = known == null ? highest : known.version();
        if (version != OPAQUE && version <= newest) {
            counters.increment(version == newest ? WatcherCounter.DUPLICATES : WatcherCounter.REORDERED);
            return;
        }
        hear(version);
        switch (event.type()) {
            case ADDED -> {
                counters.increment(WatcherCounter.ADDED);
                time(event.created(), arrived);
                objects.put(event.key(), known(event));
            }
            case MODIFIED -> {
                counters.increment(WatcherCounter.MODIFIED);
                time(known != null && known.updated().equals(event.updated()) ? "" : event.updated(), arrived);
                objects.put(event.key(), known(event));
            }
            case DELETED -> {
                counters.increment(WatcherCounter.DELETED);
                objects.remove(event.key());
            }
            case BOOKMARK, ERROR -> throw new IllegalArgumentException("no change of an object: " + event);
        }
    }

    private void hear(long version) {
        if (version != OPAQUE) {
            highest = Math.max(highest, version);
        }
    }

    private void time(String stamp, long arrived) {
        var sent = Timestamps.read(stamp);
        if (sent.isPresent()) {
            lag.record(arrived - sent.getAsLong());
        } else {
            counters.increment(WatcherCounter.UNSTAMPED);
        }
    }

    private static Known known(WatchEvent event) {
        return new Known(version(event), event.updated());
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
