package dev.muster.launcher.kubernetes;

import dev.muster.launcher.catalogue.ClusterResult;
import dev.muster.launcher.kubernetes.Usage.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that was seen of pods and nodes: line by line in {@code usage.csv}, and summed up. Safe to use from any thread. */
final class UsageBooks implements AutoCloseable {
    static final String FILE = "usage.csv";
    private static final String HEADER = "time,kind,name,node,cpu_cores,memory_bytes,restarts\n";

    private final Path folder;
    private final Writer file;
    private final UsageTable table = new UsageTable();
    /** Restarts of each pod by its uid: when it was first seen, and last. */
    private final Map<String, Integer> first = new HashMap<>();

    private final Map<String, Integer> latest = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Double> last = new LinkedHashMap<>();
    private final Map<String, Double> most = new HashMap<>();
    private final Map<String, Double> sums = new HashMap<>();
    private int samples;
    private boolean begun;

    private UsageBooks(Path folder, Writer file) {
        this.folder = folder;
        this.file = file;
    }

    /** Empty ones, whose file goes into a folder. */
    static UsageBooks in(Path folder) throws IOException {
        var file = Files.newBufferedWriter(folder.resolve(FILE), StandardCharsets.UTF_8);
        file.write(HEADER);
        return new UsageBooks(folder, file);
    }

    /** Takes in what is there now. */
    synchronized void take(List<PodState> pods, Optional<Usage> usage) throws IOException {
        restarts(pods);
        put(ClusterResult.PODS, pods.size());
        put(ClusterResult.PODS_RESTARTS, restarted());
        usage.ifPresent(this::sum);
        write(pods, usage);
    }

    /** A pod that comes later begins with none; one that was there brings its own. */
    private void restarts(List<PodState> pods) {
        for (var pod : pods) {
            if (known.add(pod.uid())) {
                first.put(pod.uid(), begun ? 0 : pod.restarts());
            }
            latest.put(pod.uid(), pod.restarts());
        }
        begun = true;
    }

    private int restarted() {
        return latest.entrySet().stream()
                .mapToInt(pod -> pod.getValue() - first.getOrDefault(pod.getKey(), 0))
                .sum();
    }

    private void sum(Usage usage) {
        samples++;
        put(ClusterResult.PODS_CPU, cores(usage.pods().values()));
        put(ClusterResult.PODS_MEMORY, bytes(usage.pods().values()));
        put(ClusterResult.NODES_CPU, cores(usage.nodes().values()));
        put(ClusterResult.NODES_MEMORY, bytes(usage.nodes().values()));
    }

    private void put(ClusterResult metric, double value) {
        last.put(metric.id(), value);
        most.merge(metric.id(), value, Math::max);
        sums.merge(metric.id(), value, Double::sum);
    }

    private static double cores(Collection<Use> all) {
        return all.stream().mapToDouble(Use::cores).sum();
    }

    private static double bytes(Collection<Use> all) {
        return all.stream().mapToDouble(Use::bytes).sum();
    }

    private void write(List<PodState> pods, Optional<Usage> usage) throws IOException {
        var now = Instant.now().toString();
        var lines = new StringBuilder();
        for (var pod : pods) {
            var use = usage.flatMap(all -> Optional.ofNullable(all.pods().get(pod.name())));
            table.take(pod, use);
            lines.append(now + ",pod," + pod.name() + "," + pod.node() + "," + columns(use) + "," + pod.restarts())
                    .append('\n');
        }
        usage.ifPresent(all -> new TreeMap<>(all.nodes()).forEach((name, use) -> lines.append(
                        now + ",node," + name + "," + name + "," + columns(Optional.of(use)) + ",")
                .append('\n')));
        usage.ifPresent(all -> all.nodes().forEach(table::take));
        file.write(lines.toString());
        file.flush();
    }

    private static String columns(Optional<Use> use) {
        return use.map(each -> String.format(Locale.ROOT, "%.4f,%.0f", each.cores(), each.bytes()))
                .orElse(",");
    }

    /** The last values, by the names of the result. */
    synchronized Map<String, Double> last() {
        return Map.copyOf(last);
    }

    /** Averages of CPU, the most of memory and pods, and all restarts. */
    synchronized Map<String, Double> soFar() {
        var all = new HashMap<>(most);
        for (var metric : List.of(ClusterResult.PODS_CPU, ClusterResult.NODES_CPU)) {
            if (samples > 0) {
                all.put(metric.id(), sums.getOrDefault(metric.id(), 0.0) / samples);
            }
        }
        return all;
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
            table.write(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
