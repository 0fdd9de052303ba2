package dev.muster.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a page of the console shows. */
final class Seen {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double PATIENCE_MILLIS = 180_000;

    /** The begin of a function that has the page's own store. */
    static final String STORE = """
            async () => {
            const base = document.querySelector("script[type=module]").src.replace("app.js", "");
            const {store} = await import(base + "store.js");
            """;

    /** Tells the page of a run in a cluster in whose 30 seconds more pods registered than run, and more run than are ready. */
    static final String RISING_PODS = STORE + """
            for (let i = 1; i <= 30; i++) {
              const gauges = {"kube.pods.running": 4 * i, "kube.pods.ready": 2 * i};
              store.hearRun({run: "20260101-000000-boot", experiment: "boot", command: "", by: "", startMillis: 0,
                state: "RUNNING", progress: "", result: "", error: "",
                stats: {instances: [], counters: {"master.registered": 10 * i}, gauges, distributions: {}, gaps: [],
                  timeline: [{epochSecond: 1000 + i, counters: {"master.registered": 10}, gauges, distributions: {}}]}});
            }
            }""";

    private Seen() {}

    /** Waits until an element with this text is there, as long as a run may take on a busy machine. */
    static void await(Page page, String selector, String text) {
        page.locator(selector, new Page.LocatorOptions().setHasText(text))
                .first()
                .waitFor(patience());
    }

    static Locator.WaitForOptions patience() {
        return new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS);
    }

    /** Holds every number on the page against the one in the summary; answers how many there are. */
    static int numbersOf(Page page, JsonNode summary) {
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

    /** Whether an element is shown, and none of its text is cut off or beyond the right edge of a box around it. */
    static boolean isWithinThePage(Locator element) {
        return element.isVisible() && (boolean) element.evaluate("""
                cell => {
                  const text = document.createRange();
                  text.selectNodeContents(cell);
                  const {right} = text.getBoundingClientRect();
                  return right > 0 && right <= cell.closest(".scroll").getBoundingClientRect().right && right <= innerWidth;
                }""");
    }

    /** What axe finds that keeps somebody from using the page. */
    static List<String> violations(Page page) throws IOException {
        try (var script = Objects.requireNonNull(Seen.class.getResourceAsStream("/axe.min.js"), "axe")) {
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

    /** How far above the bottom of the first chart a colour of the style sheet is drawn, on average; 0 when it is not. */
    static double heightOf(Page page, String color) {
        var height = page.evaluate("""
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
                }""", color);
        return ((Number) height).doubleValue();
    }
}
