package dev.muster.launcher.report;

import dev.muster.launcher.result.Figures;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Measurement.Distributed;
import dev.muster.launcher.result.Measurement.Value;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.Repetition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The numbers as tables. What was not measured is a dash, never zero. */
final class NumberSections {
    private NumberSections() {}

    /** What was asked for, and what became of it. */
    static void thresholds(Html body, Result result) {
        if (result.thresholds().isEmpty()) {
            return;
        }
        body.open("section", "aria-labelledby", "thresholds").element("h2", "Thresholds", "id", "thresholds");
        body.open("div", "class", "scroll").open("table", "class", "words");
        body.element("caption", "Each is judged on every repetition, and met only if all of them meet it.");
        body.open("thead").open("tr");
        List.of("Threshold", "Outcome", "Measured", "Asked for by")
                .forEach(each -> body.element("th", each, "scope", "col"));
        body.close().close().open("tbody");
        for (var check : result.thresholds()) {
            body.open("tr")
                    .open("th", "scope", "row")
                    .element("code", check.threshold())
                    .close();
            body.open("td");
            body.element(
                    "span", mark(check) + check.word(), "class", check.word().replace(' ', '-'));
            body.close();
            body.element("td", String.join(" \u00b7 ", check.observed()));
            body.element("td", check.origin()).close();
        }
        body.close().close().close().close();
    }

    private static String mark(Result.Check check) {
        return check.missed() ? "\u2717 " : check.met() ? "\u2713 " : "";
    }

    /** Every metric of the run. */
    static void numbers(Html body, Material material) {
        var metrics = material.result().metrics();
        if (metrics.isEmpty()) {
            return;
        }
        body.open("section", "aria-labelledby", "numbers").element("h2", "Key numbers", "id", "numbers");
        tiles(body, material);
        distributions(body, material);
        values(body, material);
        body.close();
    }

    /** The distribution that the experiment is about, large. */
    private static void tiles(Html body, Material material) {
        var first = material.result().metrics().entrySet().stream()
                .filter(each -> each.getValue() instanceof Distributed some && some.count() > 0)
                .filter(each -> !Material.isHealth(each.getKey()))
                .findFirst();
        if (first.isEmpty() || !(first.get().getValue() instanceof Distributed samples)) {
            return;
        }
        body.open("div", "class", "claim").open("p").element("code", first.get().getKey());
        body.text(" " + lower(material.help(first.get().getKey()))).close();
        body.open("dl", "class", "tiles");
        tile(body, "p50", samples.p50(), samples.unit());
        tile(body, "p99", samples.p99(), samples.unit());
        tile(body, "largest", samples.max(), samples.unit());
        tile(body, "samples", (double) samples.count(), "");
        body.close().close();
    }

    private static void tile(Html body, String name, @Nullable Double value, String unit) {
        body.open("div").element("dt", name).open("dd").text(Figures.text(value));
        if (value != null && !unit.isEmpty()) {
            body.element("span", unit, "class", "unit");
        }
        body.close().close();
    }

    private static String lower(String sentence) {
        return sentence.isEmpty()
                ? ""
                : "is " + Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1) + ".";
    }

    private static void distributions(Html body, Material material) {
        var table = Table.of(
                body,
                "Distributions. A percentile with too few samples to mean anything is a dash.",
                List.of("Metric", "Unit", "Samples", "p50", "p90", "p95", "p99", "p99.9", "Largest"));
        material.result().metrics().forEach((name, metric) -> {
            if (metric instanceof Distributed samples) {
                table.row(name, material.help(name), cells(samples));
            }
        });
        table.end();
    }

    private static List<String> cells(Distributed samples) {
        var cells = new ArrayList<>(List.of(samples.unit(), Figures.text((double) samples.count())));
        if (samples.count() == 0) {
            cells.set(1, "no samples");
        }
        cells.add(Figures.text(samples.p50()));
        cells.add(Figures.text(samples.p90()));
        cells.add(Figures.text(samples.p95()));
        cells.add(Figures.text(samples.p99()));
        cells.add(Figures.text(samples.p999()));
        cells.add(Figures.text(samples.max()));
        return cells;
    }

    private static void values(Html body, Material material) {
        var table = Table.withMeaning(body, "Single numbers", List.of("Metric", "Value", "Unit", "Meaning"));
        material.result().metrics().forEach((name, metric) -> {
            if (metric instanceof Value value) {
                table.explained(name, List.of(Figures.text(value.value()), value.unit()), material.help(name));
            }
        });
        table.end();
    }

    /** Repetitions beside each other; nothing for a single one. */
    static void repetitions(Html body, Result result) {
        if (result.repetitions().size() < 2) {
            return;
        }
        body.open("section", "aria-labelledby", "repetitions");
        body.element("h2", "Repetitions side by side", "id", "repetitions");
        var columns = new ArrayList<>(List.of("Metric", "All"));
        result.repetitions().forEach(each -> columns.add("Repetition " + each.number()));
        var table = Table.of(
                body,
                "Of all repetitions: distributions merged from their histograms, of single numbers the median.",
                columns);
        table.row("verdict", row(result, result.verdict().word(), each -> each.verdict()
                .word()));
        result.metrics().forEach((name, metric) -> rows(table, result, name, metric));
        table.end();
        body.close();
    }

    private static void rows(Table table, Result result, String name, Measurement metric) {
        if (metric instanceof Value value) {
            var label = value.unit().isEmpty() ? name : name + " (" + value.unit() + ")";
            table.row(label, row(result, Figures.text(value.value()), each -> single(each, name)));
        } else if (metric instanceof Distributed samples) {
            var unit = samples.unit().isEmpty() ? "" : " (" + samples.unit() + ")";
            table.row(name + " p50" + unit, row(result, name, samples, Distributed::p50));
            table.row(name + " p99" + unit, row(result, name, samples, Distributed::p99));
            table.row(name + " largest" + unit, row(result, name, samples, Distributed::max));
        }
    }

    private static List<String> row(
            Result result, String name, Distributed all, Function<Distributed, @Nullable Double> number) {
        return row(
                result,
                Figures.text(number.apply(all)),
                each -> each.metrics().get(name) instanceof Distributed samples
                        ? Figures.text(number.apply(samples))
                        : "-");
    }

    private static List<String> row(Result result, String all, Function<Repetition, String> each) {
        var cells = new ArrayList<>(List.of(all));
        result.repetitions().forEach(repetition -> cells.add(each.apply(repetition)));
        return cells;
    }

    private static String single(Repetition repetition, String name) {
        return repetition.metrics().get(name) instanceof Value value ? Figures.text(value.value()) : "-";
    }
}
