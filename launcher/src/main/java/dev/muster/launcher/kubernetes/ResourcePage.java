package dev.muster.launcher.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a kubelet tells at {@code /metrics/resource}, in Prometheus' text format, of a node and of the pods of a namespace.
 *
 * @param podCpu seconds of CPU that pods have used since they began
 * @param podMemory bytes of their working sets
 */
record ResourcePage(
        Map<String, Sample> podCpu,
        Map<String, Double> podMemory,
        Optional<Sample> nodeCpu,
        Optional<Double> nodeMemory) {
    /** {@code name{labels} value timestamp}. */
    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{([^}]*)})? (\\S+)(?: (\\d+))?");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /**
     * One value.
     *
     * @param epochMillis when the kubelet took it
     */
    record Sample(double value, long epochMillis) {}

    static ResourcePage read(String page, String namespace) {
        var podCpu = new HashMap<String, Sample>();
        var podMemory = new HashMap<String, Double>();
        Optional<Sample> nodeCpu = Optional.empty();
        Optional<Double> nodeMemory = Optional.empty();
        for (var line : page.split("\n", -1)) {
            var parts = LINE.matcher(line);
            if (!parts.matches()) {
                continue; // a comment
            }
            var sample = new Sample(Double.parseDouble(parts.group(3)), time(parts.group(4)));
            var pod = pod(parts.group(2), namespace);
            switch (parts.group(1)) {
                case "pod_cpu_usage_seconds_total" -> pod.ifPresent(name -> podCpu.put(name, sample));
                case "pod_memory_working_set_bytes" -> pod.ifPresent(name -> podMemory.put(name, sample.value()));
                case "node_cpu_usage_seconds_total" -> nodeCpu = Optional.of(sample);
                case "node_memory_working_set_bytes" -> nodeMemory = Optional.of(sample.value());
                default -> {} // of containers, which their pods sum up
            }
        }
        return new ResourcePage(podCpu, podMemory, nodeCpu, nodeMemory);
    }

    private static long time(@Nullable String millis) {
        return millis == null ? System.currentTimeMillis() : Long.parseLong(millis);
    }

    private static Optional<String> pod(@Nullable String labels, String namespace) {
        var values = new HashMap<String, String>();
        if (labels != null) {
            LABEL.matcher(labels).results().forEach(label -> values.put(label.group(1), label.group(2)));
        }
        return namespace.equals(values.get("namespace")) ? Optional.ofNullable(values.get("pod")) : Optional.empty();
    }
}
