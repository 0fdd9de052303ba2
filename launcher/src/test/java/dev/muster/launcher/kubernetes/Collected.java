package dev.muster.launcher.kubernetes;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the collector's pod tells of all the others. */
final class Collected {
    private Collected() {}

    /** A counter, over all pods. */
    static long figure(String name) {
        return stats().getJsonObject("counters").getLong(name, 0L);
    }

    /** The pods that were heard in the last seconds. */
    static Set<String> alive() {
        return instances()
                .filter(instance -> !instance.getBoolean("silent"))
                .map(instance -> instance.getString("name"))
                .collect(Collectors.toSet());
    }

    /** How long ago a pod was last heard. */
    static Duration silence(String pod) {
        return instances()
                .filter(instance -> instance.getString("name").equals(pod))
                .map(instance -> Duration.ofMillis(instance.getLong("silentMillis")))
                .findAny()
                .orElseThrow();
    }

    private static Stream<JsonObject> instances() {
        return stats().getJsonArray("instances").stream().map(JsonObject.class::cast);
    }

    private static JsonObject stats() {
        return new JsonObject(Kubectl.ask("collector", 9090, "/stats"));
    }
}
