package dev.muster.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page in a real browser with experiments that Muster does not have: it goes by what they say, and by no name. */
class ConsolePageIT extends InABrowser {
    @Test
    void shouldHideWhatIsCalledSecretHoweverItIsNamed() throws Exception {
        var page = page(
                "/new/streams", experiment -> objects(experiment, "parameters").forEach(parameter -> {
                    switch (parameter.getString("name")) {
                        case "streams-password" -> parameter.put("name", "streams-phrase");
                        case "streams-user" -> parameter.put("name", "known-password");
                        default -> {}
                    }
                }));

        page.locator("#field-streams-phrase").fill("a-secret");
        page.locator("#field-known-password").fill("for-all");

        page.waitForURL("**/new/streams?*known-password=for-all*");
        assertThat(page.url()).doesNotContain("secret");
        assertThat(page.locator("#field-streams-phrase").getAttribute("type")).isEqualTo("password");
        assertThat(page.locator("#field-known-password").getAttribute("type")).isEqualTo("text");
    }

    @Test
    void shouldDrawALineAsItsStyleSaysHoweverItIsLabelled() throws Exception {
        var styles = List.of("further", "other", "main", "intended");
        var page = page("/", experiment -> {
            var lines = objects(objects(experiment, "panels").get(0), "lines");
            IntStream.range(0, lines.size())
                    .forEach(i -> lines.get(i).put("label", "line " + i).put("style", styles.get(i % styles.size())));
        });

        page.evaluate(Seen.RISING_PODS);

        assertThat(page.locator(".legend").first().locator("i").all())
                .extracting(key -> key.getAttribute("class"))
                .isEqualTo(styles);
        double registered = Seen.heightOf(page, "third");
        double running = Seen.heightOf(page, "accent");
        assertThat(running)
                .as("below the registered, and now the one in the accent colour")
                .isPositive()
                .isLessThan(registered);
    }

    /** The page at an address, for which every experiment's definition is changed. */
    private static Page page(String path, Consumer<JsonObject> change) throws Exception {
        var told = new JsonObject(console.get("/api/experiments").body());
        objects(told, "experiments").forEach(change);
        var page = browser.visit(console.page(path), ColorScheme.LIGHT, DESK).page();
        page.route(
                "**/api/experiments",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(told.encode())));
        page.reload();
        page.locator("#link.on").waitFor();
        return page;
    }

    private static List<JsonObject> objects(JsonObject parent, String name) {
        return parent.getJsonArray(name).stream().map(JsonObject.class::cast).toList();
    }
}
