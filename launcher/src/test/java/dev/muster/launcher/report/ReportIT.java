package dev.muster.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.muster.launcher.LauncherProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a real run in a real browser. */
class ReportIT {
    private static final int DESK = 1280;
    private static final int PHONE = 390;

    /** Charts that have width, and on which something was painted. */
    private static final String PAINTED = """
            () => [...document.querySelectorAll('canvas')].filter(canvas => {
                const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                const colors = new Set();
                for (let i = 0; i < pixels.length; i += 4) {
                    if (pixels[i + 3] > 200) colors.add(pixels[i] + ',' + pixels[i + 1] + ',' + pixels[i + 2]);
                }
                return colors.size > 2;
            }).length
            """;

    @TempDir
    private static Path results;

    private static Path report;
    private static Browser browser;

    @BeforeAll
    static void run() throws Exception {
        browser = Browser.start();
        try (var process =
                LauncherProcess.start("run", "boot", "--minions=1500", "--ramp=2500ms", "--results=" + results)) {
            assertThat(process.awaitExit()).isIn(0, 5);
        }
        try (var folders = Files.list(results)) {
            report = folders.findFirst().orElseThrow().resolve(Report.FILE);
        }
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void shouldDrawItsChartsWithoutAskingForAnything() {
        var opened = browser.open(report, ColorScheme.LIGHT, DESK, true);

        assertThat(opened.requests()).containsExactly(report.toUri().toString());
        assertThat(opened.complaints()).isEmpty();
        int canvases = opened.page().querySelectorAll("canvas").size();
        // Rate, percentiles over time and by percentile of two latencies, boot by percentile, tries, and the minions.
        assertThat(canvases).isGreaterThanOrEqualTo(9);
        assertThat(opened.page().evaluate(PAINTED)).isEqualTo(canvases);
    }

    @Test
    void shouldDrawWhatIsUnfolded() {
        var opened = browser.open(report, ColorScheme.LIGHT, DESK, true);

        opened.page().locator("details.metric > summary").first().click();

        opened.page().locator("details.metric[open] canvas").first().waitFor();
        assertThat(opened.complaints()).isEmpty();
    }

    @Test
    void shouldTellEverythingInTablesWithoutScripts() {
        var page = browser.open(report, ColorScheme.LIGHT, DESK, false).page();

        assertThat(page.querySelectorAll("canvas")).isEmpty();
        assertThat(page.locator("h1").innerText()).matches("(?i)(in)?valid");
        assertThat(page.locator("table caption").first().isVisible()).isTrue();
        assertThat(page.locator("details.data table").first().isVisible()).isTrue();
        assertThat(page.locator("details.data").first().innerText()).contains("Until second");
        assertThat(page.locator("main").innerText()).contains("p99.9", "The slowest minions", "boot.registered");
    }

    @Test
    void shouldFollowTheSystemsColorsWhileItIsOpen() {
        var page = browser.open(report, ColorScheme.LIGHT, DESK, true).page();
        var light = look(page);

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));

        // The charts follow with the next frame. Playwright is for one thread.
        await().pollInSameThread().until(() -> !look(page).get(1).equals(light.get(1)));
        assertThat(look(page).get(0)).isNotEqualTo(light.get(0));
        assertThat(page.evaluate(PAINTED))
                .isEqualTo(page.querySelectorAll("canvas").size());
    }

    @Test
    void shouldFitAPhone() {
        var page = browser.open(report, ColorScheme.LIGHT, PHONE, true).page();

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
    }

    @Test
    void shouldPrintAllOfIt() {
        var page = browser.open(report, ColorScheme.DARK, DESK, true).page();

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.evaluate("dispatchEvent(new Event('beforeprint'))");

        assertThat(page.querySelectorAll("details:not([open])")).isEmpty();
        assertThat(look(page).get(0)).isEqualTo("rgb(27, 31, 36)"); // dark ink on paper, whatever the screen shows
        page.evaluate("dispatchEvent(new Event('afterprint'))");
        assertThat(page.querySelectorAll("details:not([open])")).isNotEmpty();
    }

    @Test
    void shouldBeReadInItsOrderByAScreenReader() {
        var page = browser.open(report, ColorScheme.LIGHT, DESK, true).page();

        var headings = page.locator("h1, h2, h3").evaluateAll("all => all.map(each => +each.tagName[1])");
        assertThat(headings)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .startsWith(1)
                .doesNotContainSequence(1, 3);
        assertThat(page.locator(".canvas:not([aria-label])").count()).isZero();
        assertThat(page.locator("table:not(:has(caption))").count())
                .isEqualTo(page.locator(".u-legend").count());
        assertThat(page.locator("[id]").evaluateAll("all => all.length - new Set(all.map(each => each.id)).size"))
                .isEqualTo(0);
    }

    @Test
    void shouldMakeTheSamePageAgain() throws Exception {
        var written = Files.readString(report);
        Files.delete(report);

        try (var process = LauncherProcess.start("report", report.getParent().toString())) {
            assertThat(process.awaitExit()).isZero();
            assertThat(process.output()).anyMatch(line -> line.matches("report: .*" + Pattern.quote(Report.FILE)));
        }

        assertThat(report).hasContent(written);
    }

    @Test
    void shouldSayWhatIsNoResult() throws Exception {
        for (var wrong : List.of(results.resolve("none").toString(), results.toString())) {
            try (var process = LauncherProcess.start("report", wrong)) {
                assertThat(process.awaitExit()).isEqualTo(2);
                assertThat(process.errors()).anyMatch(line -> line.contains(wrong));
            }
        }
    }

    /** The color of the text, and the first chart's pixels. */
    private static List<String> look(Page page) {
        return List.of((String) page.evaluate("getComputedStyle(document.body).color"), (String)
                page.evaluate("document.querySelector('canvas').toDataURL()"));
    }
}
