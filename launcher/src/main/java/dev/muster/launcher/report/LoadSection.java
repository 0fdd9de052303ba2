package dev.muster.launcher.report;

import dev.muster.launcher.report.Material.Part;
import dev.muster.launcher.result.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Of {@code stress}: load, replicas and delivered CPU on one time axis, and the tables of pods. */
final class LoadSection {
    private static final List<String> REPLICAS = List.of("pods", "working", "wanted", "ready", "nodes");

    private LoadSection() {}

    /**
     * The tables that a run on pods leaves, by their captions.
     *
     * @param lines with the header
     */
    record PodTable(String caption, List<String> lines) {
        static List<PodTable> in(Path folder) throws IOException {
            var tables = new ArrayList<PodTable>();
            add(tables, "Nodes, and where the time of their pods went", folder.resolve("nodes.csv"));
            add(tables, "Pods", folder.resolve("pods.csv"));
            add(tables, "What pods and nodes used", folder.resolve("usage-summary.csv"));
            add(tables, "Requests by pod", folder.resolve("balance.csv"));
            return tables;
        }

        private static void add(List<PodTable> tables, String caption, Path file) throws IOException {
            if (Files.isRegularFile(file)) {
                tables.add(new PodTable(caption, Files.readAllLines(file)));
            }
        }
    }

    /** Writes what there is of it. */
    static void write(Html body, List<Part> parts, List<Chart> charts) {
        if (parts.stream().allMatch(part -> part.load().isEmpty() && part.pods().isEmpty())) {
            return;
        }
        var title = parts.stream().anyMatch(part -> part.load().isPresent()) ? "Load, pods and CPU" : "Pods";
        body.open("section", "aria-labelledby", "load").element("h2", title, "id", "load");
        for (var part : parts.subList(0, Math.min(parts.size(), ChartSections.MOST_REPETITIONS))) {
            var of = parts.size() > 1 ? ", repetition " + part.number() : "";
            part.load().ifPresent(series -> load(body, series, of, charts));
            part.pods().forEach(table -> table(body, table, of));
        }
        body.close();
    }

    private static void load(Html body, LoadSeries series, String of, List<Chart> charts) {
        var id = "chart-" + charts.size();
        var shown = REPLICAS.stream().filter(series::has).toList();
        var counts = new ArrayList<List<@Nullable Double>>();
        shown.forEach(name -> counts.add(series.column(name)));
        charts.add(new Chart.Load(
                id, series.column("seconds"), series.column("asked"), series.column("delivered"), shown, counts));
        body.open("figure").open("figcaption");
        body.element("strong", "Cores asked for and delivered, and what bore them" + of);
        body.element("span", "Cores on the left, pods and replicas on the right.", "class", "help")
                .close();
        ChartSections.canvas(body, id, "load", words(series));
        body.open("details", "class", "data", "open", "").element("summary", "The same in numbers");
        var table = Table.of(body, "Load over time", LoadSeries.COLUMNS);
        for (var row : series.forTable()) {
            table.row(
                    text(row.value("seconds")),
                    row.values().stream().skip(1).map(LoadSection::text).toList());
        }
        table.end();
        body.close().close();
    }

    private static String words(LoadSeries series) {
        double asked = most(series, "asked");
        double pods = most(series, "pods");
        return String.format(
                Locale.ROOT,
                "Up to %.2f cores were asked for, up to %.2f delivered, by up to %.0f pods.",
                asked,
                most(series, "delivered"),
                pods);
    }

    private static double most(LoadSeries series, String column) {
        return series.rows().stream()
                .flatMap(row -> Optional.ofNullable(row.value(column)).stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    private static String text(@Nullable Double value) {
        return value == null ? "-" : Figures.text(value);
    }

    private static void table(Html body, PodTable table, String of) {
        if (table.lines().size() < 2) {
            return;
        }
        body.element("h3", table.caption() + of);
        var written = Table.of(body, table.caption(), Csv.cells(table.lines().get(0)));
        for (var line : table.lines().subList(1, table.lines().size())) {
            var cells = Csv.cells(line);
            written.row(cells.get(0), cells.subList(1, cells.size()));
        }
        written.end();
    }
}
