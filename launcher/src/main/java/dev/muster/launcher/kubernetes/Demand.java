package dev.muster.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Locale;

/**
 * What a pod asks of a node.
 *
 * @param cores processors
 * @param bytes of memory
 */
public record Demand(double cores, double bytes) {
    private static final double MEBIBYTE = 1 << 20;

    /** The requests of all containers of a pod's {@code spec}. */
    static Demand of(JsonNode spec) {
        double cores = 0;
        double bytes = 0;
        for (var container : spec.path("containers")) {
            var requests = container.path("resources").path("requests");
            cores += number(requests.path("cpu"));
            bytes += number(requests.path("memory"));
        }
        return new Demand(cores, bytes);
    }

    /** A quantity as Kubernetes writes it, {@code 5m} or {@code 16Mi}; 0 where there is none. */
    static double number(JsonNode quantity) {
        var text = quantity.asText("");
        return text.isEmpty()
                ? 0
                : Quantity.getAmountInBytes(Quantity.parse(text)).doubleValue();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0fm CPU and %.0fMi of memory", cores * 1e3, bytes / MEBIBYTE);
    }
}
