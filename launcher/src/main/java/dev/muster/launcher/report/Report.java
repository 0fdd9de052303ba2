package dev.muster.launcher.report;

import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.ResultFolder;
import java.io.IOException;
import java.nio.file.Path;

/** Makes {@code report.html} of a folder of results. */
public final class Report {
    /** The page's name in the folder. */
    public static final String FILE = ResultFolder.REPORT;

    private Report() {}

    /**
     * Writes the page into the folder, in place of an earlier one, whole or not at all.
     *
     * @return where it is
     * @throws IOException when a result can't be read or the page can't be written; the message says which file
     */
    public static Path write(ResultFolder folder) throws IOException {
        folder.write(FILE, page(Material.read(folder)));
        return folder.file(FILE);
    }

    static String page(Material material) {
        var result = material.result();
        var charts = new ChartSections(material);
        var body = new Html();
        masthead(body, result);
        body.open("main");
        VerdictSection.write(body, material);
        NumberSections.thresholds(body, result);
        FaultsSection.write(body, result);
        NumberSections.numbers(body, material);
        charts.load(body);
        charts.own(body);
        charts.minions(body);
        NumberSections.repetitions(body, result);
        charts.others(body);
        AboutSection.write(body, result);
        body.close();
        return Page.of(result.run() + ": " + VerdictSection.headline(result) + " - Muster", body, charts.charts());
    }

    private static void masthead(Html body, Result result) {
        body.open("header", "class", "masthead");
        body.element("span", "Muster", "class", "brand");
        body.element("span", "experiment " + result.experiment());
        body.element("span", "run " + result.run());
        body.open("span").text("began ").element("time", Moments.text(result.start()), "datetime", result.start());
        body.close().close();
    }
}
