package dev.muster.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.muster.testing.ApiServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every experiment through the page, in a real browser. */
class ConsoleRunsIT extends InABrowser {
    @ParameterizedTest
    @CsvSource({
        "connections, engines=200&ramp=1s&duration=3s&heartbeat=1s&warm-up=20",
        "blocks, duration=1s&warm-up=1s",
        "stress, pods=1&profile=steps&steps=1&duration=3s",
        "streams, streams-users=2&streams-duration=2s&streams-warm-up=1s",
    })
    void shouldStartAnExperimentFromALinkAndShowItsResult(String experiment, String parameters) throws Exception {
        startFromALink(experiment, parameters);
    }

    @Test
    void shouldStartAnApiServerAndLoadItFromALink() throws Exception {
        ApiServer.binaries();

        startFromALink("api", "server=local&objects=150&rate=100&population=50&warm-up=50");
    }

    private static void startFromALink(String experiment, String parameters) throws Exception {
        var opened = browser.visit(console.page("/new/" + experiment + "?" + parameters), ColorScheme.LIGHT, DESK);
        var page = opened.page();

        page.getByText("Start run").click();
        Seen.await(page, "a", "Open report");

        var run =
                page.locator("a[href^='/runs/2']").first().getAttribute("href").substring("/runs/".length());
        var summary = console.summary(run);
        assertThat(page.locator("h1").innerText())
                .startsWith(
                        experiment + ": " + summary.at("/verdict/word").asText().toLowerCase(Locale.ROOT));
        assertThat(Seen.numbersOf(page, summary)).isGreaterThan(20);
        assertThat(opened.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void shouldMarkAFaultOnTheTimeAxisWhenItIsDone(@TempDir Path folder) throws Exception {
        var faults = Files.writeString(
                folder.resolve("faults.yaml"), "faults:\n  - {at: 3s, stop-process: store, back: 500ms}\n");
        var opened = browser.visit(
                console.page("/new/streams?streams-users=2&streams-duration=20s&streams-warm-up=1s&faults="
                        + URLEncoder.encode(faults.toString(), StandardCharsets.UTF_8)),
                ColorScheme.LIGHT,
                DESK);
        var page = opened.page();

        page.getByText("Start run").click();
        Seen.await(page, ".faults li", "1 stop-process store");
        page.locator(".plot[aria-label*='marked: 1 stop-process store'] canvas")
                .first()
                .waitFor(Seen.patience());

        Seen.await(page, "a", "Open report");
        assertThat(Seen.heightOf(page, "bad")).as("the mark").isPositive();
        assertThat(page.locator(".faults").innerText()).contains("killed, and started again", "events lost");
        assertThat(opened.complaints()).isEmpty();
        page.context().close();
    }
}
