package dev.muster.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console of the packaged jar in a real browser. The first test makes the run that the others look at. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT extends InABrowser {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @Order(1)
    void shouldStartARunByAClickShowItToItsEndAndSayWhatItsSummarySays() throws Exception {
        var opened = browser.visit(console.page("/"), ColorScheme.LIGHT, DESK);
        var page = opened.page();

        page.locator("a.card", new Page.LocatorOptions().setHasText("boot")).click();
        page.getByLabel("minions", new Page.GetByLabelOptions().setExact(true)).fill("1200");
        page.getByLabel("ramp", new Page.GetByLabelOptions().setExact(true)).fill("12s");
        page.getByLabel("warm-up", new Page.GetByLabelOptions().setExact(true)).fill("1000");
        page.getByLabel("Thresholds").fill("boot.lost == 0");
        page.locator(".command", new Page.LocatorOptions().setHasText("./muster run boot --minions=1200 --ramp=12s"))
                .waitFor();
        page.getByText("Start run").click();
        page.locator("h1", new Page.LocatorOptions().setHasText("running")).waitFor(Seen.patience());
        page.locator(".plot canvas").first().waitFor(Seen.patience());
        page.locator(
                        ".legend span",
                        new Page.LocatorOptions()
                                .setHasText(Pattern.compile("registered\\s*([7-9]\\d\\d|1,\\d\\d\\d)")))
                .first()
                .waitFor(Seen.patience());
        picture(page, "page");
        assertThat(page.getByLabel("Stopping it from a shell").textContent())
                .contains("curl -X DELETE " + console.page("/api/runs/2"));
        page.getByText("Open report").waitFor(Seen.patience());

        var summary = console.summary(console.folder("boot").getFileName().toString());
        assertThat(page.locator("h1").innerText())
                .startsWith("boot: " + summary.at("/verdict/word").asText().toLowerCase(Locale.ROOT));
        assertThat(summary.at("/metrics/boot.registered/value").asInt()).isEqualTo(1200);
        assertThat(Seen.numbersOf(page, summary)).isGreaterThan(40);
        assertThat(page.locator(".checks").innerText()).contains("boot.lost == 0");
        assertThat(Seen.heightOf(page, "bad")).as("there was no fault to mark").isZero();
        assertThat(page.locator(".faults").isVisible()).isFalse();
        assertThat(page.locator(".legend").first().innerText())
                .containsPattern("running, by the API\\s*no API is watched")
                .containsPattern("registered\\s*1,200");
        assertThat(opened.complaints()).isEmpty();
        assertThat(opened.requests())
                .allMatch(request -> request.startsWith(console.page("/").toString()));
    }

    @Test
    @Order(2)
    void shouldSayWhatIsShownAsACommandLineToo() throws Exception {
        var folder = console.folder("boot");
        var run = folder.getFileName();
        var page = browser.visit(console.page("/runs/" + run), ColorScheme.LIGHT, DESK)
                .page();

        Seen.await(page, ".command", "./muster report " + folder);
        assertThat(page.getByText("Run again").getAttribute("href"))
                .startsWith("/new/boot?")
                .contains("minions=1200", "ramp=12s", "threshold=boot.lost+%3D%3D+0");
        var experiments = new ArrayList<Route>();
        page.route("**/api/experiments", experiments::add);
        page.navigate(console.page("/compare/" + run + "/" + run).toString());
        page.locator(".stacked td").first().waitFor();
        page.waitForCondition(() -> !experiments.isEmpty());
        experiments.forEach(Route::resume);
        Seen.await(page, ".command", "./muster compare " + folder + " " + folder);
        page.context().close();
    }

    /** Of a run in a cluster, as its news would tell it. */
    @Test
    @Order(2)
    void shouldDrawTheCurveOfTheApiBesideThatOfTheRegistered() {
        var page = browser.visit(console.page("/"), ColorScheme.LIGHT, DESK).page();
        page.locator("#link.on").waitFor();

        page.evaluate(Seen.RISING_PODS);

        var legend = page.locator(".legend").first();
        assertThat(legend.innerText())
                .containsPattern("registered\\s*300")
                .containsPattern("running, by the API\\s*120")
                .containsPattern("ready, by the API\\s*60")
                .containsPattern("begun\\s*not known of pods");
        assertThat(page.locator(".tiles").innerText())
                .contains("running, by the API")
                .doesNotContain("begun");
        assertThat(page.locator(".plot[aria-label*='intended start']").isVisible())
                .as("a chart of which pods tell nothing")
                .isFalse();
        double registered = Seen.heightOf(page, "accent");
        double running = Seen.heightOf(page, "third");
        assertThat(running).as("drawn, and below the registered").isPositive().isLessThan(registered);
        page.context().close();
    }

    @Test
    @Order(2)
    void shouldTakeThePictureOfTheReport() throws Exception {
        var run = console.folder("boot").getFileName();
        var opened = browser.visit(console.page("/api/runs/" + run + "/report.html"), ColorScheme.LIGHT, DESK);
        opened.page().locator("h1").first().waitFor();

        picture(opened.page(), "report");

        assertThat(opened.page().title()).contains("boot");
        opened.page().context().close();
    }

    /** The README's pictures; {@code -Dmuster.pages=write} puts them where the README has them. */
    private static void picture(Page page, String name) {
        var folder = "write".equals(System.getProperty("muster.pages"))
                ? Path.of("..", "docs", "pictures")
                : Path.of("target", "pictures");
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
        assertThat(Path.of("..", "docs", "pictures", name + ".png")).exists();
    }

    @Test
    @Order(2)
    void shouldBeUsableByEveryone() throws Exception {
        var run = console.folder("boot").getFileName().toString();
        for (var path : List.of("/", "/new", "/new/streams", "/runs", "/runs/" + run, "/compare/" + run + "/" + run)) {
            for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                var page = browser.visit(console.page(path), scheme, scheme == ColorScheme.LIGHT ? DESK : PHONE)
                        .page();
                page.locator("h1").first().waitFor();
                page.locator("#link.on").waitFor();
                page.locator(".panel, .card").first().waitFor();
                assertThat(Seen.violations(page)).as(path + " " + scheme).isEmpty();
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as(path + " fits")
                        .isEqualTo(true);
                page.context().close();
            }
        }
    }

    @Test
    @Order(2)
    void shouldShowEveryPercentileOnAPhoneWithoutScrollingSideways() throws Exception {
        var run = console.folder("boot").getFileName().toString();
        var page = browser.visit(console.page("/runs/" + run), ColorScheme.LIGHT, PHONE)
                .page();
        var numbers = page.locator(".numbers .stacked tr:not(.unmeasured) td");
        numbers.first().waitFor();

        assertThat(numbers.all()).hasSizeGreaterThan(7).allSatisfy(number -> assertThat(Seen.isWithinThePage(number))
                .as(number.getAttribute("data-metric") + " " + number.getAttribute("data-stat"))
                .isTrue());
        assertThat(numbers.all().subList(0, 7))
                .extracting(number -> number.evaluate("cell => getComputedStyle(cell, '::before').content"))
                .containsExactly("\"count\"", "\"p50\"", "\"p90\"", "\"p95\"", "\"p99\"", "\"p99.9\"", "\"max\"");
        page.context().close();
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"/", "/new/boot", "/compare/RUN/RUN"})
    void shouldShowEveryTableOnAPhoneWithoutScrollingSideways(String path) throws Exception {
        var run = console.folder("boot").getFileName().toString();
        var page = browser.visit(console.page(path.replace("RUN", run)), ColorScheme.LIGHT, PHONE)
                .page();
        var cells = page.locator(".stacked tr:not(.unmeasured) td:not(:empty)");
        cells.first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");

        assertThat(cells.all()).hasSizeGreaterThan(4).allSatisfy(cell -> assertThat(Seen.isWithinThePage(cell))
                .as(cell.innerText())
                .isTrue());
        page.context().close();
    }

    @Test
    @Order(2)
    void shouldShowErrorsAtTheFieldsAndBringBackWhatALinkNames() {
        var page = browser.visit(console.page("/new/boot?minions=77"), ColorScheme.LIGHT, DESK)
                .page();
        var minions = page.getByLabel("minions", new Page.GetByLabelOptions().setExact(true));
        minions.waitFor();
        assertThat(minions.inputValue()).isEqualTo("77");

        minions.fill("a lot");
        page.getByLabel("Thresholds").fill("boot.lots == 0");

        page.locator("#field-minions[aria-invalid=true]").waitFor();
        page.locator("#field-thresholds[aria-invalid=true]").waitFor();
        assertThat(page.locator("#field-thresholds-problem").innerText()).contains("boot.lost");
        assertThat(page.url()).contains("threshold=");
        page.getByText("Runs", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("h1", new Page.LocatorOptions().setHasText("Runs")).waitFor();
        page.goBack();
        assertThat(page.locator("#field-minions").inputValue()).isEqualTo("a lot");
    }

    @Test
    @Order(2)
    void shouldKeepAPasswordOutOfTheAddress() {
        var page = browser.visit(console.page("/new/streams"), ColorScheme.LIGHT, DESK)
                .page();

        page.locator("#field-streams-password").fill("a-secret");
        page.locator("#field-streams-user").fill("somebody");

        page.waitForURL("**/new/streams?*streams-user=somebody*");
        assertThat(page.url()).doesNotContain("secret");
        assertThat(page.locator("#field-streams-password").getAttribute("type")).isEqualTo("password");
        page.context().close();
    }

    @Test
    @Order(2)
    void shouldAnswerAsItsDocumentSays() throws Exception {
        var document = JSON.readTree(console.get("/api/openapi.json").body());
        var run = console.folder("boot").getFileName().toString();
        for (var path : List.of(
                "/api/stats?seconds=5",
                "/api/experiments",
                "/api/runs",
                "/api/runs/" + run,
                "/api/compare?baseline=" + run + "&other=" + run)) {
            var template = path.replace(run, "{run}").replaceFirst("\\?.*", "");
            var schema = document.at(
                    "/paths/" + template.replace("/", "~1") + "/get/responses/200/content/application~1json/schema");
            ((ObjectNode) schema).set("components", document.get("components"));
            var answer = console.get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(JSON.readTree(answer.body())))
                    .as(path)
                    .isEmpty();
        }
        assertThat(console.get("/api/runs/" + run + "/report.html").body()).contains("<!DOCTYPE html>", run);
        assertThat(console.get("/api/runs/20200101-000000-boot").statusCode()).isEqualTo(404);
        assertThat(console.status("DELETE", "/api/runs/" + run, "")).isEqualTo(404);
    }

    @Test
    @Order(3)
    void shouldComeBackWhenTheServerDoes() throws Exception {
        var page = browser.visit(console.page("/"), ColorScheme.LIGHT, DESK).page();
        page.locator("#link.on").waitFor();

        console.kill();
        page.locator("#link.off").waitFor();
        page.locator(".stale").first().waitFor();
        console.startAgain();

        page.locator("#link.on").waitFor(Seen.patience());
        page.locator(".stale").first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    @Test
    @Order(4)
    void shouldNeedNoMoreMemoryTheLongerItIsOpen() {
        var page = browser.visit(console.page("/"), ColorScheme.LIGHT, DESK).page();
        page.locator("#link.on").waitFor();
        page.evaluate(
                Seen.STORE
                        + "let second = 2e9;"
                        + "globalThis.pass = count => { for (let i = 0; i < count; i++) { second++; store.hear({epochMillis: second * 1000,"
                        + "counters: {'minion.acknowledged': i, 'broker.heartbeats': i}, gauges: {'engine.live': i % 9}, distributions: {}, gaps: [],"
                        + "instances: Array.from({length: 400}, (unused, n) => ({name: 'pod-' + n, roles: 'minion', silent: n === i % 400,"
                        + "silentMillis: 9, restarts: 0, missed: 0, gauges: {'process.cpu.share': .1}})),"
                        + "timeline: [{epochSecond: second, counters: {'minion.acknowledged': 1, 'broker.heartbeats': 5}, gauges: {'engine.live': i % 9},"
                        + "distributions: {'minion.register.latency': {unit: 'ns', count: 9, p50: 1e6 * i, p99: null, max: 2e6 * i}}}]}); } }; }");

        page.evaluate("pass(600)");
        double tenMinutes = heap(page);
        page.evaluate("pass(3000)");
        double anHour = heap(page);

        assertThat(tenMinutes).isLessThan(50e6);
        assertThat(anHour).isLessThan(tenMinutes + 5e6);
    }

    private static double heap(Page page) {
        var devTools = page.context().newCDPSession(page);
        devTools.send("HeapProfiler.collectGarbage");
        return devTools.send("Runtime.getHeapUsage").get("usedSize").getAsDouble();
    }
}
