package dev.muster.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The heads of the streams that were appended to last: bounded, and never to be relied on, as another process may have
 * appended since. Belongs to one event loop.
 */
final class HeadCache {
    private final Map<String, Head> heads;

    HeadCache(int most) {
        heads = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Head> eldest) {
                return size() > most;
            }
        };
    }

    Optional<Head> get(String stream) {
        return Optional.ofNullable(heads.get(stream));
    }

    void put(String stream, Head head) {
        heads.put(stream, head);
    }

    void forget(String stream) {
        heads.remove(stream);
    }
}
