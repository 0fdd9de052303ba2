package dev.muster.launcher.report;

import dev.muster.launcher.result.Figures;
import dev.muster.launcher.result.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a reader needs to repeat the run, and to compare it with open eyes. */
final class AboutSection {
    private static final double BYTES_PER_GIB = 1L << 30;

    private AboutSection() {}

    static void write(Html body, Result result) {
        body.open("section", "aria-labelledby", "about").element("h2", "How this was measured", "id", "about");
        body.open("div", "class", "columns");
        list(body, "Parameters", new TreeMap<>(result.parameters()));
        list(body, "Environment", environment(result));
        body.close().close();
        body.open("footer");
        body.element(
                "p",
                "In the same folder: summary.json (all of this for programs), metrics.csv (its table),"
                        + " timeline.csv (every metric, second by second), *.hlog (HdrHistogram's interval logs) and, of boot,"
                        + " minions.csv. Muster's docs/results.md tells of each column, docs/measurement.md what each number"
                        + " means and what it can't tell.");
        body.element("p", "Charts by uPlot 1.6.32 (MIT, \u00a9 2022 Leon Sorokin).");
        body.close();
    }

    private static Map<String, String> environment(Result result) {
        var environment = result.environment();
        var all = new LinkedHashMap<String, String>();
        all.put("host", environment.host());
        all.put("cores", String.valueOf(environment.cores()));
        all.put(
                "memory",
                environment.memoryBytes() == 0 ? "-" : Figures.text(environment.memoryBytes() / BYTES_PER_GIB, "GiB"));
        all.put("processor", environment.cpu());
        all.put("system", environment.os());
        all.put("Java", environment.jvm());
        all.put("Java options", String.join(" ", environment.jvmOptions()));
        all.put("Muster", environment.muster());
        all.putAll(environment.versions());
        all.values().removeIf(String::isEmpty);
        return all;
    }

    private static void list(Html body, String heading, Map<String, String> items) {
        body.open("div").element("h3", heading).open("dl", "class", "facts");
        items.forEach((name, value) ->
                body.open("div").element("dt", name).element("dd", value).close());
        body.close().close();
    }
}
