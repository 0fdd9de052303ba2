package dev.muster.launcher.report;

import dev.muster.launcher.catalogue.BootMetric;
import dev.muster.launcher.report.Material.Part;
import dev.muster.launcher.result.Figures;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** The charts of the page, each with its numbers in words and in a table, and what the script draws. */
final class ChartSections {
    /** So many are drawn one by one; curves hold all of them. */
    static final int MOST_REPETITIONS = 12;

    private final Material material;
    private final List<Chart> charts = new ArrayList<>();

    ChartSections(Material material) {
        this.material = material;
    }

    /** Of all sections written so far. */
    List<Chart> charts() {
        return charts;
    }

    /** Load, pods and CPU on one time axis, where the experiment has them. */
    void load(Html body) {
        LoadSection.write(body, material.parts(), charts);
    }

    /** The distributions that the experiment is about. */
    void own(Html body) {
        for (var metric : material.own()) {
            var id = "metric-" + metric;
            body.open("section", "aria-labelledby", id)
                    .open("h2", "id", id)
                    .element("code", metric)
                    .close();
            body.element("p", sentence(material.help(metric)), "class", "help");
            distribution(body, metric);
            body.close();
        }
    }

    /** The run's own health, and whatever else was recorded, folded. */
    void others(Html body) {
        var others = material.others();
        if (others.isEmpty()) {
            return;
        }
        body.open("section", "aria-labelledby", "others");
        body.element("h2", "The run's own health, and what else was recorded", "id", "others");
        for (var metric : others) {
            body.open("details", "class", "metric")
                    .open("summary")
                    .element("code", metric)
                    .text(" ");
            body.element("span", material.help(metric), "class", "help").close();
            distribution(body, metric);
            body.close();
        }
        body.close();
    }

    private static String sentence(String help) {
        return help.isEmpty() ? "" : help + ".";
    }

    private void distribution(Html body, String metric) {
        var figures = new DistributionFigures(metric);
        if (material.isOfMinions(metric)) {
            for (var part : material.parts()) {
                part.minions().ifPresent(minions -> figures.add(part.number(), Unit.MICROSECONDS, minions.latencies()));
            }
        } else {
            for (var part : material.parts()) {
                part.series(metric)
                        .ifPresent(series -> figures.add(part.number(), series, material.faults(part.number())));
            }
        }
        figures.write(body, charts);
        few(body, material.parts().size());
    }

    private static void few(Html body, int repetitions) {
        if (repetitions > MOST_REPETITIONS) {
            var words = "Of " + repetitions + " repetitions the first " + MOST_REPETITIONS
                    + " are shown one by one. By percentile there are all, and the folder has the files of each.";
            body.element("p", words, "class", "help");
        }
    }

    /** Each minion by itself, where there are any. */
    void minions(Html body) {
        var parts = material.parts().stream()
                .filter(part ->
                        part.minions().filter(minions -> minions.count() > 0).isPresent())
                .toList();
        if (parts.isEmpty()) {
            return;
        }
        body.open("section", "aria-labelledby", "minions").element("h2", "Minion by minion", "id", "minions");
        var scale = parts.stream()
                .flatMap(part -> part.minions().stream())
                .flatMap(minions -> minions.dots().stream())
                .mapToDouble(Minions.Dot::latencyMillis)
                .summaryStatistics();
        for (var part : parts.subList(0, Math.min(parts.size(), MOST_REPETITIONS))) {
            part.minions().ifPresent(minions -> minions(body, part, minions, scale, parts.size() > 1));
        }
        few(body, parts.size());
        body.close();
    }

    private void minions(Html body, Part part, Minions minions, DoubleSummaryStatistics scale, boolean numbered) {
        var scatter = Scatter.of(minions.dots());
        var id = "chart-" + charts.size();
        charts.add(new Chart.Dots(id, scatter.seconds(), scatter.millis(), scale.getMin(), scale.getMax()));
        body.open("figure").open("figcaption");
        body.element("strong", "Each minion's " + BootMetric.LATENCY.id() + " over its boot" + of(part, numbered));
        body.element("span", drawn(scatter), "class", "help").close();
        canvas(body, id, "dots", "A dot for each minion. " + drawn(scatter) + " " + words(minions.latencies()));
        slowest(body, minions);
        body.close();
    }

    private static String of(Part part, boolean numbered) {
        return numbered ? ", repetition " + part.number() : "";
    }

    private static String drawn(Scatter scatter) {
        int drawn = scatter.seconds().size();
        return drawn == scatter.of()
                ? String.format(Locale.ROOT, "All %,d minions are drawn.", drawn)
                : String.format(
                        Locale.ROOT,
                        "%,d minions; of those that would lie on the same spot the slowest alone is drawn, %,d dots in all.",
                        scatter.of(),
                        drawn);
    }

    private static String words(Distribution latencies) {
        var median = latencies.percentile(50) / 1e3;
        return "Half of them took at most " + Figures.text(median, "ms") + ", the slowest "
                + Figures.text(latencies.max() / 1e3, "ms") + ".";
    }

    private static void slowest(Html body, Minions minions) {
        body.open("details", "class", "data", "open", "").element("summary", "The slowest minions");
        var table = Table.of(
                body, "The slowest minions, the worst first", List.of("Minion", "ms", "Tries", "Boot", "Pod", "Node"));
        for (var minion : minions.slowest()) {
            table.row(
                    minion.id(),
                    List.of(
                            Figures.text(minion.latencyMillis()),
                            minion.tries(),
                            minion.bootTime(),
                            minion.pod(),
                            minion.node()));
        }
        table.end();
        body.close();
    }

    /** Where the script draws a chart, and what it shows in words. */
    static void canvas(Html body, String id, String kind, String words) {
        body.open("div", "class", "canvas " + kind, "id", id, "role", "img", "aria-label", words)
                .close();
    }
}
