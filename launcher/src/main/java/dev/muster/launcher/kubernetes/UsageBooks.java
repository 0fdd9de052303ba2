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
import java.util.Arrays;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** All that was seen of pods and nodes: line by line in {@code usage.csv}, and summed up. Safe to use from any thread. */
final class UsageBooks implements AutoCloseable {
    static final String FILE = "usage.csv";
    private static final String HEADER = "time,kind,name,node,cpu_cores,memory_bytes,restarts\n";

    private static final Set<String> AVERAGED = Set.of(ClusterResult.PODS_CPU.id(), ClusterResult.NODES_CPU.id());

    private final Path folder;
    private final Writer file;
    private final UsageTable table = new UsageTable();
    /** Restarts of each pod by its uid: when it was first seen, and last. */
    private final Map<String, Integer> first = new HashMap<>();

    private final Map<String, Integer> latest = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Double> last = new LinkedHashMap<>();
    private final Map<String, DoubleSummaryStatistics> measured = new HashMap<>();
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
        last.clear(); // what nobody tells now is not what was told before
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
        cores(usage.pods().values()).ifPresent(cores -> put(ClusterResult.PODS_CPU, cores));
        put(ClusterResult.PODS_MEMORY, bytes(usage.pods().values()));
        cores(usage.nodes().values()).ifPresent(cores -> put(ClusterResult.NODES_CPU, cores));
        put(ClusterResult.NODES_MEMORY, bytes(usage.nodes().values()));
    }

    private void put(ClusterResult metric, double value) {
        last.put(metric.id(), value);
        measured.computeIfAbsent(metric.id(), none -> new DoubleSummaryStatistics())
                .accept(value);
    }

    /** Of those whose CPU is known: one that has just come is not in it yet. Empty when that is true of all. */
    private static OptionalDouble cores(Collection<Use> uses) {
        var known = uses.stream()
                .map(Use::cores)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        return known.length == 0 && !uses.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(known).sum());
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
        return use.map(each -> cores(each) + String.format(Locale.ROOT, ",%.0f", each.bytes()))
                .orElse(",");
    }

    private static String cores(Use use) {
        return use.cores().isPresent()
                ? String.format(Locale.ROOT, "%.4f", use.cores().getAsDouble())
                : "";
    }

    /** What was told the last time, by the names of the result. */
    synchronized Map<String, Double> last() {
        return Map.copyOf(last);
    }

    /** Averages of CPU, the most of memory and pods, and all restarts. */
    synchronized Map<String, Double> soFar() {
        var found = new HashMap<String, Double>();
        measured.forEach((metric, values) ->
                found.put(metric, AVERAGED.contains(metric) ? values.getAverage() : values.getMax()));
        return found;
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
