package dev.muster.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The engines that this broker is about to take, and those that it has just left to another one: the rule by which exactly
 * one broker gets an engine that registers with several at once.
 *
 * <p>A broker asks all others before it takes an engine. Asked about one that it is about to take itself, it refuses when
 * its own name is the smaller one, and gives its own up when not: of all who ask at the same time the smallest name
 * remains. And what it has left to another one it does not begin to take until that one must be done, so that no question
 * can cross an answer. Safe to use from any thread.
 */
final class Claims {
    /** Whoever has no answer from all by then gives up. */
    static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2_000);

    /** For so long it is left to another one: a while longer than that one's limit. */
    static final long LEFT_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private final String name;
    private final Map<String, Own> own = new HashMap<>();
    private final Map<String, Long> left = new HashMap<>();

    /** What this broker is about to take. */
    private static final class Own {
        private int connections;
        private boolean givenUp;
        private boolean taken;
    }

    /** @param name of this broker, unlike any other's */
    Claims(String name) {
        this.name = name;
    }

    /**
     * A connection here wants the engine. When it may ask the others, {@link #end} is to be called later.
     *
     * @return how long it has to wait before it begins again; 0 when it may ask
     */
    synchronized long begin(String id, long now) {
        var until = left.get(id);
        if (until != null && until - now > 0) {
            return until - now;
        }
        own.computeIfAbsent(id, none -> new Own()).connections++;
        return 0;
    }

    /** All others have left it to this broker. Whether it has not been given up meanwhile: then it can't be any more. */
    synchronized boolean take(String id) {
        var mine = own.get(id);
        if (mine == null || mine.givenUp) {
            return false;
        }
        mine.taken = true;
        return true;
    }

    /** The engine is registered, or refused. */
    synchronized void end(String id) {
        var mine = own.get(id);
        if (mine != null && --mine.connections == 0) {
            own.remove(id);
        }
    }

    /** Another broker asks for an engine that has no connection here. Whether it is left to it. */
    synchronized boolean leave(String id, String other, long now) {
        var mine = own.get(id);
        if (mine != null) {
            if (mine.taken || (!mine.givenUp && name.compareTo(other) < 0)) {
                return false;
            }
            mine.givenUp = true;
        }
        left.put(id, now + LEFT_NANOS);
        return true;
    }

    /** It was not left to another one after all: it has a connection here. */
    synchronized void keep(String id) {
        left.remove(id);
    }

    /** Forgets what is over. */
    synchronized void sweep(long now) {
        left.values().removeIf(until -> until - now <= 0);
    }
}
