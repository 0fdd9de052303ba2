package dev.muster.bus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the servers of one process listen.
 *
 * @param urls by the name of the part, such as {@code management}, in the order in which they began to listen
 */
public record EndpointList(Map<String, String> urls) implements Message {
    public EndpointList {
        urls = Collections.unmodifiableMap(new LinkedHashMap<>(urls)); // Map.copyOf would lose the order
    }
}
