package dev.muster.blocks;

import dev.muster.blocks.BlocksOptions.Direction;
import dev.muster.bus.BlocksLoad;
import dev.muster.bus.Credential;
import dev.muster.node.Ranges;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client, checked.
 *
 * @param threads requests at a time on each connection
 * @param http11 HTTP/1.1 instead of HTTP/2
 * @param load what it does by itself; null when it waits for the bus
 * @param exit whether the process ends with the load
 */
record Setup(
        String host,
        int port,
        boolean tls,
        int connections,
        int threads,
        boolean http11,
        int window,
        int frame,
        @Nullable Path ca,
        boolean insecure,
        Duration logPeriod,
        @Nullable BlocksLoad load,
        boolean exit) {
    private static final int OPEN_LOOP_STREAMS = 100;
    private static final double MOST_RATE = 100_000;
    private static final int MOST_FRAME = 16_777_215;
    private static final int LEAST_FRAME = 16_384;
    private static final int LEAST_WINDOW = 65_535;
    private static final int MOST_CONNECTIONS = 10_000;

    /** So long a load without an end is. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    /** What is wrong with the options of a client, which are checked even when there is none. */
    static List<String> problems(BlocksOptions options) {
        var problems = new ArrayList<String>();
        Ranges.check(problems, "--blocks-connections", options.connections(), 1, MOST_CONNECTIONS);
        Ranges.check(problems, "--blocks-threads", options.threads(), 1, MOST_CONNECTIONS);
        Ranges.check(problems, "--blocks-size", options.size(), Plan.LEAST_SIZE, Plan.MOST_SIZE);
        Ranges.check(problems, "--blocks-per-request", options.perRequest(), 1, Plan.MOST_BLOCKS);
        Ranges.check(problems, "--blocks-window", options.window(), LEAST_WINDOW, Integer.MAX_VALUE);
        Ranges.check(problems, "--blocks-frame", options.frame(), LEAST_FRAME, MOST_FRAME);
        Ranges.check(
                problems,
                "--blocks-period",
                options.period(),
                Duration.ZERO,
                Duration.ofMillis(Plan.MOST_PERIOD_MILLIS));
        var duration = options.duration();
        if (duration != null) {
            Ranges.check(problems, "--blocks-duration", duration, Duration.ofSeconds(1), Duration.ofDays(30));
        } else if (options.exit()) {
            problems.add("--blocks-exit needs to know when: give --blocks-duration");
        }
        var rate = options.rate();
        if (rate != null && !(rate > 0 && rate <= MOST_RATE)) {
            problems.add("--blocks-rate must be above 0 to " + MOST_RATE + " a second, not " + rate);
        }
        if (!options.http().equals("2") && !options.http().equals("1.1")) {
            problems.add("--blocks-http must be 2 or 1.1, not '" + options.http() + "'");
        }
        var url = options.baseUrl();
        if (url != null && !isBase(url)) {
            problems.add("--blocks-base-url must be like https://host:8443, without a path, not '" + url + "'");
        }
        if (url == null && (options.exit() || options.hold())) {
            problems.add((options.exit() ? "--blocks-exit" : "--blocks-hold")
                    + " is for a client: give --blocks-base-url as well");
        }
        return problems;
    }

    private static boolean isBase(URI url) {
        boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        var path = url.getPath();
        return http
                && url.getHost() != null
                && (path == null || path.isEmpty() || path.equals("/"))
                && url.getQuery() == null
                && url.getPort() <= 65_535;
    }

    /** Of options without problems; empty when they describe no client. */
    static Optional<Setup> of(BlocksOptions options) {
        var url = options.baseUrl();
        if (url == null) {
            return Optional.empty();
        }
        boolean tls = "https".equals(url.getScheme());
        int usual = tls ? 443 : 80;
        return Optional.of(new Setup(
                url.getHost(),
                url.getPort() < 0 ? usual : url.getPort(),
                tls,
                options.connections(),
                options.rate() != null && options.threads() == 1 ? OPEN_LOOP_STREAMS : options.threads(),
                options.http().equals("1.1"),
                options.window(),
                options.frame(),
                options.ca(),
                options.insecure(),
                options.logPeriod(),
                options.hold() ? null : load(options),
                options.exit()));
    }

    private static BlocksLoad load(BlocksOptions options) {
        var duration = options.duration();
        return new BlocksLoad(
                Credential.NONE,
                options.direction() == Direction.UPLOAD,
                options.size(),
                options.period().toNanos() / 1_000,
                options.perRequest(),
                options.fixed(),
                (duration == null ? FOREVER : duration).toMillis(),
                options.rate());
    }
}
