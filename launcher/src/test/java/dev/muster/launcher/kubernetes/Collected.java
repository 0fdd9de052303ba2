package dev.muster.launcher.kubernetes;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;

/** What the collector's pod tells of all the others. */
final class Collected {
    private Collected() {}

    /** A counter, over all pods. */
    static long figure(String name) {
        return stats().getJsonObject("counters").getLong(name, 0L);
    }

    /** The pods that were heard in the last seconds. */
    static Set<String> alive() {
        return stats().getJsonArray("instances").stream()
                .map(JsonObject.class::cast)
                .filter(instance -> !instance.getBoolean("silent"))
                .map(instance -> instance.getString("name"))
                .collect(Collectors.toSet());
    }

    private static JsonObject stats() {
        return new JsonObject(Kubectl.ask("collector", 9090, "/stats"));
    }
}
