package dev.muster.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.report.Browser;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that a terminal was asked for, on the console's page in a real browser. */
class ConsoleElsewhereIT {
    private static final int DESK = 1280;
    private static final String NOTICE = "A run of boot that was not started here is under way since";

    @TempDir
    private Path results;

    @AutoClose
    private RunningConsole console;

    @AutoClose
    private Browser browser;

    private Page page;

    @BeforeEach
    void start() throws Exception {
        browser = Browser.start();
        console = RunningConsole.start(results);
        page = browser.visit(console.page("/"), ColorScheme.LIGHT, DESK).page();
        Seen.await(page, "h1", "Nothing is being measured");
    }

    @Test
    void shouldTellOfARunInATerminalUntilItIsKilled() throws Exception {
        try (var terminal = boot("--minions=100000", "--ramp=10m", "--warm-up=100")) {
            Seen.await(page, ".notice", NOTICE);
            assertThat(page.locator("h1").innerText()).isEqualTo("A run is under way elsewhere");
            assertThat(Seen.violations(page)).isEmpty();

            page.getByText("What it has so far").click();
            Seen.await(page, "h1", "so far, under way");
            terminal.kill().awaitExit();
        }

        Seen.await(page, "h1", ", killed");
        page.goBack();
        Seen.await(page, "h1", "Nothing is being measured");
        assertThat(page.locator(".notice", new Page.LocatorOptions().setHasText(NOTICE))
                        .count())
                .isZero();
    }

    @Test
    void shouldShowWhatARunInATerminalHasComeTo() throws Exception {
        try (var terminal = boot("--minions=400", "--ramp=8s", "--warm-up=100")) {
            Seen.await(page, ".notice", NOTICE);
            page.getByText("What it has so far").click();
            Seen.await(page, "h1", "so far, under way");
            assertThat(page.getByText("Open report").isVisible()).isFalse();

            assertThat(terminal.awaitExit()).isIn(0, 5);
        }

        page.getByText("Open report").waitFor(Seen.patience());
        var run = page.url().substring(page.url().lastIndexOf('/') + 1);
        assertThat(page.locator("h1").innerText()).doesNotContain("so far");
        assertThat(Seen.numbersOf(page, console.summary(run))).isGreaterThan(40);
        assertThat(console.summary(run).at("/metrics/boot.registered/value").asInt())
                .isEqualTo(400);
        page.goBack();
        page.locator(".notice", new Page.LocatorOptions().setHasText(NOTICE))
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    @Test
    void shouldGoOnTellingOfARunInATerminalWhileNobodyAnswers() throws Exception {
        try (var terminal = boot("--minions=100000", "--ramp=10m", "--warm-up=100")) {
            Seen.await(page, ".notice", NOTICE);
            var unanswered = new AtomicInteger();
            page.onRequestFailed(request -> {
                if (request.url().endsWith("/api/runs")) {
                    unanswered.incrementAndGet();
                }
            });

            console.kill();

            // When the second question fails, what came of the first one is on the page.
            page.waitForCondition(() -> unanswered.get() >= 2);
            page.locator("#link.off").waitFor();
            assertThat(page.locator(".notice", new Page.LocatorOptions().setHasText(NOTICE))
                            .isVisible())
                    .isTrue();
            assertThat(page.locator("h1").innerText()).isEqualTo("A run is under way elsewhere");
            terminal.kill().awaitExit();
        }
    }

    private LauncherProcess boot(String... options) throws Exception {
        return LauncherProcess.start(Stream.of(List.of("run", "boot", "--results=" + results), List.of(options))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }
}
