package dev.muster.launcher.report;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.muster.testing.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The machine's Chromium without a network: it notes what a page asks for and what it complains about. */
final class Browser implements AutoCloseable {
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Playwright playwright, Path executable) {
        this.playwright = playwright;
        this.chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        // Tests run as root in containers, where Chromium's own sandbox can't be made.
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    /** Starts it; skips the test where there is none. */
    static Browser start() {
        var executable = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Part.need(executable.isPresent(), "no Chromium: install it (Debian: apt-get install chromium)");
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(playwright, executable.orElseThrow());
    }

    /** A page that was opened, what it asked for, and what it complained about. */
    record Opened(Page page, List<String> requests, List<String> complaints) {}

    /** Opens a file as a user does with a double click. */
    Opened open(Path file, ColorScheme scheme, int width, boolean scripts) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, 900)
                .setJavaScriptEnabled(scripts)
                .setOffline(true));
        var page = context.newPage();
        var requests = new ArrayList<String>();
        var complaints = new ArrayList<String>();
        page.onRequest(request -> requests.add(request.url()));
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(complaints::add);
        page.navigate(file.toUri().toString());
        return new Opened(page, requests, complaints);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
