package dev.muster.launcher.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Prometheus' own view of names and types. */
public final class Promtool {
    private Promtool() {}

    /** Fails when {@code promtool check metrics} has anything to say of a page of metrics. */
    public static void check(String page) throws Exception {
        var check = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var in = check.getOutputStream()) {
            in.write(page.getBytes(UTF_8));
        }
        var said = new String(check.getInputStream().readAllBytes(), UTF_8);

        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }
}
