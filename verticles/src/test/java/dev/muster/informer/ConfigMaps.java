package dev.muster.informer;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The objects that an informer is to hear of: ConfigMaps in the namespace default, told apart by a label. */
final class ConfigMaps {
    private ConfigMaps() {}

    /** One that no other test has. */
    static String label() {
        return "i" + Long.toString(System.nanoTime(), 36);
    }

    /** Makes one with the time at which that was asked for, as a driver says it. */
    static void create(KubernetesClient cluster, String name, String label, String stamp) {
        cluster.configMaps()
                .inNamespace("default")
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("test", label))
                        .withAnnotations(Map.of("scaletest/createTimestamp", stamp))
                        .endMetadata()
                        .withData(Map.of("a", "b"))
                        .build())
                .create();
    }

    static void update(KubernetesClient cluster, String name) {
        cluster.configMaps().inNamespace("default").withName(name).edit((ConfigMap map) -> {
            map.getMetadata().getAnnotations().put("scaletest/updateTimestamp", now());
            return map;
        });
    }

    /** What a fresh list says: versions by namespace and name. */
    static Map<String, String> listed(KubernetesClient cluster, String label) {
        var all = new HashMap<String, String>();
        cluster.configMaps()
                .inNamespace("default")
                .withLabel("test", label)
                .list()
                .getItems()
                .forEach(map -> all.put(
                        "default/" + map.getMetadata().getName(),
                        map.getMetadata().getResourceVersion()));
        return all;
    }

    /** As a driver says it. */
    static String now() {
        var now = Instant.now();
        return String.valueOf(now.getEpochSecond() * 1_000_000_000L + now.getNano());
    }
}
