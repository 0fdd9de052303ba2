package dev.muster.node;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process still waits for, by part. It is ready when it waits for nothing. Safe to use from any thread.
 */
public final class Readiness {
    private final Map<String, String> waiting = new ConcurrentHashMap<>();

    /**
     * A part can't do its job.
     *
     * @param part such as {@code master-sql}
     * @param reason what it waits for, for a user to read
     */
    public void waiting(String part, String reason) {
        waiting.put(part, reason);
    }

    /** The part can do its job. */
    public void ready(String part) {
        waiting.remove(part);
    }

    /** Parts that can't do their job with the reasons, by name; empty when all is ready. */
    public Map<String, String> pending() {
        return new TreeMap<>(waiting);
    }
}
