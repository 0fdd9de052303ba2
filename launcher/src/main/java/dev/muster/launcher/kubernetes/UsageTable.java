package dev.muster.launcher.kubernetes;

import dev.muster.launcher.kubernetes.Usage.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Each pod and node with what it used on the whole: {@code usage-summary.csv}. For one thread at a time. */
final class UsageTable {
    static final String FILE = "usage-summary.csv";
    private static final String HEADER = "kind,name,node,cpu_cores_mean,cpu_cores_max,memory_bytes_max,restarts\n";

    /** By kind and name. */
    private final Map<String, Row> rows = new TreeMap<>();

    private static final class Row {
        private final String kind;
        private final String name;
        private String node = "";
        private boolean seen;
        private final DoubleSummaryStatistics cores = new DoubleSummaryStatistics();
        private double mostBytes;
        private Optional<Integer> restarts = Optional.empty();

        Row(String kind, String name) {
            this.kind = kind;
            this.name = name;
        }

        void take(Use use) {
            seen = true;
            use.cores().ifPresent(cores);
            mostBytes = Math.max(mostBytes, use.bytes());
        }

        String line() {
            var cpu = cores.getCount() == 0
                    ? ","
                    : String.format(Locale.ROOT, "%.4f,%.4f", cores.getAverage(), cores.getMax());
            var memory = seen ? String.format(Locale.ROOT, "%.0f", mostBytes) : "";
            return String.join(
                            ",",
                            kind,
                            name,
                            node,
                            cpu,
                            memory,
                            restarts.map(String::valueOf).orElse("")) + "\n";
        }
    }

    /** Takes a pod in. */
    void take(PodState pod, Optional<Use> use) {
        var row = row("pod", pod.name());
        row.node = pod.node();
        row.restarts = Optional.of(pod.restarts());
        use.ifPresent(row::take);
    }

    /** Takes a node in. */
    void take(String node, Use use) {
        var row = row("node", node);
        row.node = node;
        row.take(use);
    }

    private Row row(String kind, String name) {
        return rows.computeIfAbsent(kind + "/" + name, key -> new Row(kind, name));
    }

    /** Writes the file into a folder. */
    void write(Path folder) throws IOException {
        var text = new StringBuilder(HEADER);
        rows.values().forEach(row -> text.append(row.line()));
        Files.writeString(folder.resolve(FILE), text);
    }
}
