package dev.muster.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The heads of the streams that were appended to last: bounded, and never to be relied on, as another process may have
 * appended since. Belongs to one event loop.
 */
final class HeadCache {
    private final Map<String, Head> heads =
            new LinkedHashMap<>(16, 0.75f, true); // the one that was used last at the end
    private final int most;

    HeadCache(int most) {
        this.most = most;
    }

    Optional<Head> get(String stream) {
        return Optional.ofNullable(heads.get(stream));
    }

    void put(String stream, Head head) {
        heads.put(stream, head);
        if (heads.size() > most) {
            heads.remove(heads.keySet().iterator().next());
        }
    }

    void forget(String stream) {
        heads.remove(stream);
    }
}
