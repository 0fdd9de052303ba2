package dev.muster.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.RunAnswer;
import dev.muster.bus.RunAnswer.Outcome;
import dev.muster.bus.RunAnswer.Problem;
import dev.muster.bus.Snapshot;
import dev.muster.bus.StartRun;
import dev.muster.collector.Collector;
import dev.muster.measure.Counters;
import dev.muster.node.Deployment;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.testing.NothingBlocks;
import dev.muster.testing.TestNode;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console over real sockets, with a real collector and nobody, or a double, who carries out runs. */
@ExtendWith(NothingBlocks.class)
class ConsoleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");

    private final Node node = TestNode.of(new Identity("host-1", "a1", "0.1-test", "console"));
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        BusCodecs.register(vertx.eventBus());
        Stream.of(Collector.deployments(() -> Duration.ofHours(1), node), Console.deployments(() -> 0, node))
                .flatMap(List::stream)
                .map(Deployment::verticle)
                .forEach(verticle -> vertx.deployVerticle(verticle.get()).await());
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/new", "/new/boot", "/runs", "/runs/20261121-181519-boot", "/compare/a/b"})
    void shouldServeThePageAtEachOfItsAddressesAndLetNothingElseRun(String path) throws Exception {
        var page = get(path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<main").doesNotContainPattern("<script>|<style|style=| on[a-z]+=\"");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "data:");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void shouldLetABrowserKeepWhatIsNamedAfterItsContent() throws Exception {
        var links = ASSET.matcher(get("/").body())
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(links).hasSizeGreaterThan(4);
        for (var link : links) {
            var asset = get(link);
            assertThat(asset.statusCode()).as(link).isEqualTo(200);
            assertThat(header(asset, "Cache-Control")).contains("immutable");
            assertThat(header(asset, "X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(get(links.get(0).replaceFirst("assets/[0-9a-f]+", "assets/000000000000"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(get(links.get(0).replaceFirst("[^/]+$", "..%2Fopenapi.json")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldShipEveryModuleThatAnotherOneImports() throws Exception {
        var base = ASSET.matcher(get("/").body())
                .results()
                .map(link -> link.group(1))
                .findFirst()
                .orElseThrow()
                .replaceFirst("[^/]+$", "");
        var left = new TreeSet<>(List.of("app.js"));
        var seen = new TreeSet<String>();
        while (!left.isEmpty()) {
            var name = left.pollFirst();
            seen.add(name);
            var module = get(base + name);
            assertThat(module.statusCode()).as(name).isEqualTo(200);
            assertThat(module.body()).as(name).doesNotContain("http://", "https://", "eval(", "innerHTML");
            Pattern.compile("from \"\\./([a-z]+\\.js)\"")
                    .matcher(module.body())
                    .results()
                    .map(found -> found.group(1))
                    .filter(found -> !seen.contains(found))
                    .forEach(left::add);
        }
        assertThat(seen).hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/stats", "/api/openapi.json", "/api/events"})
    void shouldAnswerHeadAsGetWithoutTheBody(String path) throws Exception {
        var head = client.send(
                request(path).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Type")).isNotEmpty();
    }

    @Test
    void shouldDescribeExactlyWhatItServes() throws Exception {
        var router = Router.router(vertx);
        new ReadRoutes(vertx, Site.read()).install(router);
        new RunRoutes(vertx, node, new Counters<>(ConsoleCounter.class)).install(router);
        var served = new TreeSet<>(List.of("GET /api/events"));
        router.getRoutes().forEach(route -> route.methods().stream()
                .filter(method -> !method.name().equals("HEAD"))
                .forEach(method -> served.add(method.name() + " " + route.getPath())));

        var described = new TreeSet<String>();
        JSON.readTree(get("/api/openapi.json").body())
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> !operation.getKey().equals("parameters"))
                        .forEach(operation -> described.add(operation.getKey().toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{([a-z]+)}", ":$1"))));

        assertThat(described).isEqualTo(served);
    }

    @Test
    void shouldSayWhenNobodyCarriesOutRuns() throws Exception {
        for (var path : List.of("/api/experiments", "/api/runs", "/api/runs/20261121-181519-boot")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(503);
        }
        var started = post("/api/runs", "{\"experiment\": \"boot\"}");
        assertThat(started.statusCode()).isEqualTo(503);
        assertThat(tree(started).path("fix").asText()).contains("--role=console");
    }

    @Test
    void shouldTellWhatIsWrongAtItsField() throws Exception {
        var answer = post(
                "/api/runs",
                "{\"experiment\": 5, \"parameters\": {\"minions\": [1]}, \"thresholds\": \"x\", \"more\": 1}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(tree(answer).get("fields"))
                .extracting(field -> field.get("field").asText())
                .containsExactlyInAnyOrder("experiment", "minions", "thresholds", "more");
    }

    @Test
    void shouldPassOnWhatWhoeverCarriesOutRunsSays() throws Exception {
        var asked = new CopyOnWriteArrayList<StartRun>();
        var answers = new CopyOnWriteArrayList<>(List.of(
                new RunAnswer(Outcome.WRONG, "", "", List.of(new Problem("minions", "must be 1 to 1000000")), ""),
                new RunAnswer(Outcome.BUSY, "20261121-181519-api", "", List.of(), "a run of api is under way"),
                new RunAnswer(Outcome.DONE, "20261121-181520-boot", "./muster run boot", List.of(), "")));
        vertx.eventBus()
                .<StartRun>consumer(Addresses.START_RUN)
                .handler(start -> {
                    asked.add(start.body());
                    start.reply(answers.remove(0));
                })
                .completion()
                .await();
        var body = "{\"experiment\": \"boot\", \"parameters\": {\"minions\": 5, \"yes\": true}}";

        var wrong = post("/api/runs", body);
        var busy = post("/api/runs", body);
        var begun = post("/api/runs", body);

        assertThat(asked).hasSize(3).allSatisfy(start -> {
            assertThat(start.parameters()).isEqualTo(Map.of("minions", "5", "yes", "true"));
            assertThat(start.by()).isEqualTo("127.0.0.1");
        });
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(tree(wrong).at("/fields/0/field").asText()).isEqualTo("minions");
        assertThat(busy.statusCode()).isEqualTo(409);
        assertThat(tree(busy).path("running").asText()).isEqualTo("20261121-181519-api");
        assertThat(begun.statusCode()).isEqualTo(201);
        assertThat(header(begun, "Location")).isEqualTo("/api/runs/20261121-181520-boot");
    }

    @Test
    void shouldRefuseWhatAnotherSitesPageSends() throws Exception {
        var foreign = client.send(
                request("/api/runs")
                        .header("Origin", "http://example.org")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"experiment\": \"boot\"}"))
                        .build(),
                BodyHandlers.ofString());
        var form = client.send(
                request("/api/runs")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{\"experiment\": \"boot\"}"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(form.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2F..%2Fetc", "boot", "20261121-181519-boot%2F..", "20261121-181519-BOOT"})
    void shouldTakeNothingElseForARun(String run) throws Exception {
        assertThat(get("/api/runs/" + run).statusCode()).isEqualTo(404);
        assertThat(get("/api/runs/" + run + "/report.html").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTellOfFourHundredProcessesOnceASecondAndCallTheSilentOnesSilent() throws Exception {
        var lines = new CopyOnWriteArrayList<String>();
        var reading = client.sendAsync(
                request("/api/events").build(), BodyHandlers.fromLineSubscriber(new LineReader(lines)));
        long timer = vertx.setPeriodic(500, tick -> publish(0, 400, tick));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> latest(lines).path("instances").size() == 400);
        vertx.cancelTimer(timer);
        vertx.setPeriodic(500, tick -> publish(1, 400, tick));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> latest(lines).at("/instances/0/silent").asBoolean());
        var stats = latest(lines);
        assertThat(stats.get("instances"))
                .filteredOn(each -> each.get("silent").asBoolean())
                .singleElement()
                .satisfies(each ->
                        assertThat(each.at("/gauges/engine.live").asInt()).isEqualTo(7));
        // Its last number stays: 400 processes had 7 each.
        assertThat(stats.at("/gauges/engine.live").asInt()).isEqualTo(2_800);
        assertThat(stats.get("timeline")).isNotEmpty();
        assertThat(reading).isNotDone();
    }

    private void publish(int from, int to, long tick) {
        for (int i = from; i < to; i++) {
            vertx.eventBus()
                    .publish(
                            Addresses.SNAPSHOT,
                            new Snapshot(
                                    String.format("pod-%03d", i),
                                    "life-" + from,
                                    System.nanoTime(),
                                    System.currentTimeMillis(),
                                    "0.1-test",
                                    "engine",
                                    Map.of("engine.registered", tick),
                                    Map.of("engine.live", 7.0),
                                    Map.of()));
        }
    }

    private static JsonNode latest(List<String> lines) {
        try {
            var data = lines.stream()
                    .filter(line -> line.startsWith("data: {\"epochMillis\""))
                    .reduce((before, after) -> after);
            return JSON.readTree(
                    data.map(line -> line.substring("data: ".length())).orElse("{}"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(node.endpoints().url("console").orElseThrow() + path))
                .header("Accept", "application/json");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode tree(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
