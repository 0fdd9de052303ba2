package dev.muster.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.muster.kube.ServerBinaries;
import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.report.Browser;
import dev.muster.testing.ApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console of the packaged jar in a real browser. The first test makes the run that the others look at. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DESK = 1280;
    private static final int PHONE = 390;
    private static final double PATIENCE_MILLIS = 120_000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The begin of a function that has the page's own store. */
    private static final String STORE =
            """
            async () => {
            const base = document.querySelector("script[type=module]").src.replace("app.js", "");
            const {store} = await import(base + "store.js");
            """;

    @TempDir
    private static Path results;

    @TempDir
    private static Path files;

    private static int port;
    private static LauncherProcess console;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        port = freePort();
        console = console();
    }

    @AfterAll
    static void close() {
        if (console != null) {
            console.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    @Order(1)
    void shouldStartARunByAClickShowItToItsEndAndSayWhatItsSummarySays() throws Exception {
        var opened = browser.visit(page("/"), ColorScheme.LIGHT, DESK);
        var page = opened.page();

        page.locator("a.card", new Page.LocatorOptions().setHasText("boot")).click();
        page.getByLabel("minions", new Page.GetByLabelOptions().setExact(true)).fill("1200");
        page.getByLabel("ramp", new Page.GetByLabelOptions().setExact(true)).fill("8s");
        page.getByLabel("warm-up", new Page.GetByLabelOptions().setExact(true)).fill("100");
        page.getByLabel("Thresholds").fill("boot.lost == 0");
        page.locator(".command", new Page.LocatorOptions().setHasText("./muster run boot --minions=1200 --ramp=8s"))
                .waitFor();
        page.getByText("Start run").click();
        page.locator("h1", new Page.LocatorOptions().setHasText("running"))
                .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        page.locator(".plot canvas").first().waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(status("POST", "/api/runs", "{\"experiment\": \"boot\"}")).isEqualTo(409);
        page.locator(".legend span", new Page.LocatorOptions().setHasText(Pattern.compile("registered\\s*[7-9]\\d\\d")))
                .first()
                .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        picture(page, "page");
        page.getByText("Open report").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));

        var summary = JSON.readTree(folder().resolve("summary.json").toFile());
        assertThat(page.locator("h1").innerText())
                .startsWith("boot: " + summary.at("/verdict/word").asText().toLowerCase(Locale.ROOT));
        assertThat(summary.at("/metrics/boot.registered/value").asInt()).isEqualTo(1200);
        assertThat(compared(page, summary)).isGreaterThan(40);
        assertThat(page.locator(".checks").innerText()).contains("boot.lost == 0");
        assertThat(meanHeight(page, "bad")).as("there was no fault to mark").isZero();
        assertThat(page.locator(".faults").isVisible()).isFalse();
        assertThat(page.locator(".legend").first().innerText())
                .containsPattern("running, by the API\\s*no API is watched")
                .containsPattern("registered\\s*1,200");
        assertThat(opened.complaints()).isEmpty();
        assertThat(opened.requests())
                .allMatch(request -> request.startsWith(page("/").toString()));
    }

    @ParameterizedTest
    @Order(2)
    @CsvSource({
        "connections, engines=200&ramp=1s&duration=3s&heartbeat=1s&warm-up=20",
        "blocks, duration=1s&warm-up=1s",
        "stress, pods=1&profile=steps&steps=1&duration=3s",
        "streams, streams-users=2&streams-duration=2s&streams-warm-up=1s",
    })
    void shouldStartEveryExperimentFromALinkAndShowItsResult(String experiment, String parameters) throws Exception {
        startFromALink(experiment, parameters);
    }

    @Test
    @Order(2)
    void shouldStartAnApiServerAndLoadItFromALink() throws Exception {
        ApiServer.binaries();

        startFromALink("api", "server=local&objects=150&rate=100&population=50&warm-up=50");
    }

    private static void startFromALink(String experiment, String parameters) throws Exception {
        var opened = browser.visit(page("/new/" + experiment + "?" + parameters), ColorScheme.LIGHT, DESK);
        var page = opened.page();

        page.getByText("Start run").click();
        page.getByText("Open report").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));

        var summary = JSON.readTree(folder(experiment).resolve("summary.json").toFile());
        assertThat(page.locator("h1").innerText())
                .startsWith(
                        experiment + ": " + summary.at("/verdict/word").asText().toLowerCase(Locale.ROOT));
        assertThat(compared(page, summary)).isGreaterThan(20);
        assertThat(opened.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    @Order(2)
    void shouldMarkAFaultOnTheTimeAxisWhenItIsDone() throws Exception {
        var faults = Files.writeString(
                files.resolve("faults.yaml"), "faults:\n  - {at: 3s, stop-process: store, back: 500ms}\n");
        var opened = browser.visit(
                page("/new/streams?streams-users=2&streams-duration=20s&streams-warm-up=1s&faults="
                        + URLEncoder.encode(faults.toString(), StandardCharsets.UTF_8)),
                ColorScheme.LIGHT,
                DESK);
        var page = opened.page();

        page.getByText("Start run").click();
        page.locator(".faults li", new Page.LocatorOptions().setHasText("1 stop-process store"))
                .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        page.locator(".plot[aria-label*='marked: 1 stop-process store'] canvas")
                .first()
                .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));

        page.getByText("Open report").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(meanHeight(page, "bad")).as("the mark").isPositive();
        assertThat(page.locator(".faults").innerText()).contains("stopped, and started again", "events lost");
        assertThat(opened.complaints()).isEmpty();
        page.context().close();
    }

    /** Of a run in a cluster, as its news would tell it. */
    @Test
    @Order(2)
    void shouldDrawTheCurveOfTheApiBesideThatOfTheRegistered() {
        var page = browser.visit(page("/"), ColorScheme.LIGHT, DESK).page();
        page.locator("#link.on").waitFor();

        page.evaluate(STORE
                + """
                for (let i = 1; i <= 30; i++) {
                  const gauges = {"kube.pods.running": 4 * i, "kube.pods.ready": 2 * i};
                  store.hearRun({run: "20260101-000000-boot", experiment: "boot", command: "", by: "", startMillis: 0,
                    state: "RUNNING", progress: "", result: "", error: "",
                    stats: {instances: [], counters: {"master.registered": 10 * i}, gauges, distributions: {}, gaps: [],
                      timeline: [{epochSecond: 1000 + i, counters: {"master.registered": 10}, gauges, distributions: {}}]}});
                }
                }""");

        var legend = page.locator(".legend").first();
        assertThat(legend.innerText())
                .containsPattern("registered\\s*300")
                .containsPattern("running, by the API\\s*120")
                .containsPattern("ready, by the API\\s*60")
                .containsPattern("begun\\s*not known of pods");
        assertThat(page.locator(".tiles").innerText()).contains("running, by the API").doesNotContain("begun");
        assertThat(page.locator(".plot[aria-label*='intended start']").isVisible())
                .as("a chart of which pods tell nothing")
                .isFalse();
        double registered = meanHeight(page, "accent");
        double running = meanHeight(page, "third");
        assertThat(running).as("drawn, and below the registered").isPositive().isLessThan(registered);
        page.context().close();
    }

    /** How far above the bottom of the first chart a colour is drawn, on average; 0 when it is not. */
    private static double meanHeight(Page page, String color) {
        var height = page.evaluate(
                """
                name => {
                  const canvas = document.querySelector(".plot canvas");
                  const hex = getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim().slice(1);
                  const wanted = [0, 2, 4].map(at => parseInt(hex.slice(at, at + 2), 16));
                  const {data, width} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                  let sum = 0, count = 0;
                  for (let at = 0; at < data.length; at += 4) {
                    if (wanted.every((value, i) => Math.abs(data[at + i] - value) < 3) && data[at + 3] > 250) {
                      sum += canvas.height - Math.floor(at / 4 / width);
                      count++;
                    }
                  }
                  return count ? sum / count : 0;
                }""",
                color);
        return ((Number) height).doubleValue();
    }

    @Test
    @Order(2)
    void shouldTakeThePictureOfTheReport() throws Exception {
        var run = folder("boot").getFileName();
        var opened = browser.visit(page("/api/runs/" + run + "/report.html"), ColorScheme.LIGHT, DESK);
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

    /** Every number on the page with the one in the summary. */
    private static int compared(Page page, JsonNode summary) {
        int compared = 0;
        for (var cell : page.locator("td[data-metric]").all()) {
            var measured = summary.get("metrics").get(cell.getAttribute("data-metric"));
            var expected = measured.get(cell.getAttribute("data-stat"));
            var shown = cell.getAttribute("data-value");
            if (expected.isNull()) {
                assertThat(shown).isNull();
                assertThat(cell.innerText()).isEqualTo("\u2013");
            } else {
                assertThat(Double.parseDouble(shown)).isCloseTo(expected.asDouble(), within(0.0));
                assertThat(cell.innerText()).isNotBlank();
            }
            compared++;
        }
        return compared;
    }

    @Test
    @Order(2)
    void shouldBeUsableByEveryone() throws Exception {
        var run = folder().getFileName().toString();
        for (var path : List.of("/", "/new", "/new/streams", "/runs", "/runs/" + run, "/compare/" + run + "/" + run)) {
            for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                var page = browser.visit(page(path), scheme, scheme == ColorScheme.LIGHT ? DESK : PHONE)
                        .page();
                page.locator("h1").first().waitFor();
                page.locator("#link.on").waitFor();
                page.locator(".panel, .card").first().waitFor();
                assertThat(violations(page)).as(path + " " + scheme).isEmpty();
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as(path + " fits")
                        .isEqualTo(true);
                page.context().close();
            }
        }
    }

    /** What axe finds that keeps somebody from using the page. */
    private static List<String> violations(Page page) throws IOException {
        try (var script = Objects.requireNonNull(ConsoleIT.class.getResourceAsStream("/axe.min.js"), "axe")) {
            page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        var found = new ArrayList<String>();
        JSON.valueToTree(
                        page.evaluate(
                                "async () => (await axe.run()).violations.map(each => "
                                        + "({id: each.id, impact: each.impact, nodes: each.nodes.map(node => node.html).slice(0, 3)}))"))
                .forEach(each -> {
                    if (List.of("serious", "critical")
                            .contains(each.get("impact").asText())) {
                        found.add(each.toString());
                    }
                });
        return found;
    }

    @Test
    @Order(2)
    void shouldShowErrorsAtTheFieldsAndBringBackWhatALinkNames() {
        var page = browser.visit(page("/new/boot?minions=77"), ColorScheme.LIGHT, DESK)
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
    void shouldAnswerAsItsDocumentSays() throws Exception {
        var document = JSON.readTree(get("/api/openapi.json").body());
        var run = folder().getFileName().toString();
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
            var answer = get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(JSON.readTree(answer.body())))
                    .as(path)
                    .isEmpty();
        }
        assertThat(get("/api/runs/" + run + "/report.html").body()).contains("<!DOCTYPE html>", run);
        assertThat(get("/api/runs/20200101-000000-boot").statusCode()).isEqualTo(404);
        assertThat(status("DELETE", "/api/runs/" + run, "")).isEqualTo(404);
    }

    @Test
    @Order(3)
    void shouldComeBackWhenTheServerDoes() throws Exception {
        var page = browser.visit(page("/"), ColorScheme.LIGHT, DESK).page();
        page.locator("#link.on").waitFor();

        console.kill().awaitExit();
        page.locator("#link.off").waitFor();
        page.locator(".stale").first().waitFor();
        console = console();

        page.locator("#link.on").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        page.locator(".stale").first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    @Test
    @Order(4)
    void shouldNeedNoMoreMemoryTheLongerItIsOpen() {
        var page = browser.visit(page("/"), ColorScheme.LIGHT, DESK).page();
        page.locator("#link.on").waitFor();
        page.evaluate(STORE
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

    private static LauncherProcess console() throws IOException {
        var started = LauncherProcess.start(
                assets(), "--role=console", "--console-port=" + port, "--management-port=0", "--results=" + results);
        assertThat(started.awaitEndpoint("console").getPort()).isEqualTo(port);
        return started;
    }

    /** So that its runs find the same API server as the tests do. */
    private static Map<String, String> assets() {
        var named = ApiServer.environment().get(ServerBinaries.VARIABLE);
        return named == null ? Map.of() : Map.of(ServerBinaries.VARIABLE, named);
    }

    private static URI page(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static Path folder() throws IOException {
        return folder("boot");
    }

    private static Path folder(String experiment) throws IOException {
        try (var folders = Files.list(results)) {
            return folders.filter(folder -> folder.toString().endsWith("-" + experiment))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(page(path)).build(), BodyHandlers.ofString());
    }

    private static int status(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(page(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).statusCode();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
