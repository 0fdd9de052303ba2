package dev.muster.node;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the servers of this process really listen, so that a user is shown addresses that work even when a port was 0
 * or moved. Safe to use from any thread.
 */
public final class Endpoints {
    private final Map<String, String> urls = Collections.synchronizedMap(new LinkedHashMap<>());

    /**
     * A server listens.
     *
     * @param part such as {@code master} or {@code management}
     * @param url what to open, such as {@code http://127.0.0.1:8888}
     */
    public void listening(String part, String url) {
        urls.put(part, url);
    }

    /** Where the part listens, once it does. */
    public Optional<String> url(String part) {
        return Optional.ofNullable(urls.get(part));
    }

    /** Every part that listens and its address, in the order in which they began. */
    public Map<String, String> all() {
        synchronized (urls) {
            return new LinkedHashMap<>(urls);
        }
    }
}
