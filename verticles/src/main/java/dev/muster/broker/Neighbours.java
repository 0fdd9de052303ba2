package dev.muster.broker;

import dev.muster.bus.BrokerHello;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The other brokers on the bus, as long as they say that they are there. Safe to use from any thread. */
final class Neighbours {
    /** Four greetings have not come then. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    private record Heard(BrokerHello hello, long at) {}

    /** One of them says something of itself. Whether it is new. */
    boolean take(BrokerHello hello, long now) {
        if (hello.leaving()) {
            heard.remove(hello.broker());
            return false;
        }
        return heard.put(hello.broker(), new Heard(hello, now)) == null;
    }

    /** It is known to be gone. */
    void drop(String broker) {
        heard.remove(broker);
    }

    /** Those that were not heard for too long are gone. Returns them. */
    List<String> dropSilent(long now) {
        var silent = heard.entrySet().stream()
                .filter(each -> now - each.getValue().at() > SILENT_NANOS)
                .map(Map.Entry::getKey)
                .toList();
        silent.forEach(heard::remove);
        return silent;
    }

    boolean isEmpty() {
        return heard.isEmpty();
    }

    List<String> names() {
        return List.copyOf(heard.keySet());
    }

    /** What each of them said last. */
    List<BrokerHello> all() {
        return heard.values().stream().map(Heard::hello).toList();
    }
}
