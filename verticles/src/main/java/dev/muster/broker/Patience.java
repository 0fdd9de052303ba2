package dev.muster.broker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Conversations that have so much time for something: no timer each, but one sweep for all. For one event loop. */
final class Patience {
    private final long nanos;

    /** Since when. In the order in which they came: the time of the first is over first. */
    private final Map<Conversation, Long> since = new LinkedHashMap<>();

    Patience(long nanos) {
        this.nanos = nanos;
    }

    void begin(Conversation conversation, long now) {
        since.put(conversation, now);
    }

    void end(Conversation conversation) {
        since.remove(conversation);
    }

    /** Takes out the ones whose time is over. */
    void sweep(long now, Consumer<Conversation> over) {
        while (!since.isEmpty()) {
            var first = since.entrySet().iterator().next();
            if (now - first.getValue() < nanos) {
                return;
            }
            since.remove(first.getKey());
            over.accept(first.getKey());
        }
    }

    /** All of them. */
    Iterable<Conversation> all() {
        return since.keySet();
    }
}
