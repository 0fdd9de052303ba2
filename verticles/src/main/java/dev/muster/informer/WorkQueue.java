package dev.muster.informer;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Objects that have changed, each once however often it has, in the order of their first change. An object that a worker
 * has is not given to another: what changes meanwhile waits until it is done. So works client-go's {@code workqueue}. For
 * one event loop.
 */
final class WorkQueue {
    private final Map<String, Pending> pending = new HashMap<>();
    private final Queue<String> ready = new ArrayDeque<>();
    private final Set<String> worked = new HashSet<>();
    private volatile int size;

    /** An object to work off, and why. */
    record Item(String key, Pending why) {}

    void add(String key, Pending.Change change, long arrived, long stamp) {
        var known = pending.get(key);
        if (known == null) {
            known = new Pending(arrived);
            pending.put(key, known);
            if (!worked.contains(key)) {
                ready.add(key);
            }
        }
        known.add(change, arrived, stamp);
        size = pending.size();
    }

    /** The next for a worker, who says when it is {@link #done}. */
    Optional<Item> take() {
        var key = ready.poll();
        if (key == null) {
            return Optional.empty();
        }
        worked.add(key);
        var why = pending.remove(key);
        size = pending.size();
        return Optional.ofNullable(why).map(known -> new Item(key, known));
    }

    /** A worker has done its object. */
    void done(String key) {
        worked.remove(key);
        if (pending.containsKey(key)) {
            ready.add(key);
        }
    }

    /** Whether there is something to take. */
    boolean isReady() {
        return !ready.isEmpty();
    }

    /** Objects that wait; may be read by any thread. */
    int size() {
        return size;
    }
}
