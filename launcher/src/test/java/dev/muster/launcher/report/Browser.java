package dev.muster.launcher.report;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.muster.testing.Part;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The machine's Chromium without a network: it notes what a page asks for and what it complains about. */
public final class Browser implements AutoCloseable {
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
    public static Browser start() {
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
    public record Opened(Page page, List<String> requests, List<String> complaints) {}

    /** Opens a file as a user does with a double click. */
    Opened open(Path file, ColorScheme scheme, int width, boolean scripts) {
        return open(
                file.toUri(),
                options(scheme, width).setJavaScriptEnabled(scripts).setOffline(true));
    }

    /** Opens the page of a server. */
    public Opened visit(URI page, ColorScheme scheme, int width) {
        return open(page, options(scheme, width));
    }

    private static com.microsoft.playwright.Browser.NewContextOptions options(ColorScheme scheme, int width) {
        return new com.microsoft.playwright.Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, 900);
    }

    private Opened open(URI address, com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext context = chromium.newContext(options);
        var page = context.newPage();
        var requests = new ArrayList<String>();
        var complaints = new ArrayList<String>();
        page.onRequest(request -> requests.add(request.url()));
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(complaints::add);
        page.navigate(address.toString());
        return new Opened(page, requests, complaints);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
