package dev.muster.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.muster.launcher.report.Browser;
import dev.muster.testing.Part;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a server that is not on the browser's machine, as far as the server can tell. */
class ConsoleTokenIT {
    private static final int DESK = 1280;
    private static final int PHONE = 390;

    @TempDir
    private Path results;

    @Test
    void shouldAskForTheTokenOnceAndKeepTheRightOneForTheTab() throws Exception {
        try (var browser = Browser.start();
                var console = RunningConsole.startAt(otherThanLoopback(), results, "--admin-token=the-token")) {
            var page = browser.visit(console.page("/new/boot?minions=100&ramp=10m"), ColorScheme.LIGHT, DESK)
                    .page();

            page.getByText("Start run").click();
            page.getByText("This server is not on your machine").waitFor();
            give(page, "another");
            page.getByText("That is not the token that this server was started with")
                    .waitFor();
            give(page, "the-token");
            Seen.await(page, "h1", "boot:");
            page.reload();
            Seen.await(page, "h1", "boot: running");
            page.navigate(console.page("/new/stress").toString());
            page.getByText("Start run").click();
            page.getByText("a run of boot is under way").waitFor();
            assertThat(console.status("POST", "/api/runs", "{\"experiment\": \"stress\"}"))
                    .as("without the token")
                    .isEqualTo(401);
            page.getByText("Show it").click();
            Seen.await(page, "h1", "boot: running");
            page.getByText("Stop run").click();

            Seen.await(page, "h1", "interrupted");
            assertThat(page.locator("dialog").count()).as("asked again").isZero();

            var stranger = browser.visit(console.page("/new/boot"), ColorScheme.DARK, PHONE)
                    .page();
            stranger.getByText("Start run").click();
            stranger.locator("dialog").waitFor();
            assertThat(Seen.violations(stranger)).isEmpty();
            stranger.getByText("Cancel").click();
            stranger.getByText("the admin token is missing").waitFor();
        }
    }

    private static void give(Page page, String token) {
        page.locator("#token").fill(token);
        page.getByText("Continue").click();
    }

    /** An address of this machine, a request to which does not come from loopback. */
    private static String otherThanLoopback() throws SocketException {
        var address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
                .findFirst();
        Part.need(
                address.isPresent(), "needs an IPv4 address that is not loopback: ip address add 192.0.2.1/32 dev lo");
        return address.orElseThrow().getHostAddress();
    }
}
