package dev.muster.streams;

import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The role {@code streams}: what it needs checked and deployed. */
public final class Streams {
    private Streams() {}

    /** What is wrong with the options, one line each that names the option and the fix; empty when nothing is. */
    public static List<String> problems(StreamsOptions options) {
        var problems = new ArrayList<String>();
        if (Setup.url(options.url()).isEmpty()) {
            problems.add("--streams-url must be like http://host:2113, not '" + options.url() + "'");
        }
        Ranges.check(problems, "--streams-users", options.users(), 1, 100_000);
        Ranges.check(problems, "--streams-pods", options.pods(), 1, 1_000);
        Ranges.check(problems, "--streams-events", options.events(), 1, 1_000);
        Ranges.check(problems, "--streams-event-bytes", options.eventBytes(), 10, 1_000_000);
        Ranges.check(problems, "--streams-batch", options.batch(), 1, 1_000);
        Ranges.check(problems, "--streams-duration", options.duration(), Duration.ofSeconds(1), Duration.ofDays(1));
        Ranges.check(problems, "--streams-timeout", options.timeout(), Duration.ofMillis(100), Duration.ofMinutes(10));
        if (!(options.rate() >= 0 && options.rate() <= 100_000)) {
            problems.add("--streams-rate must be 0 to 100000, not " + options.rate());
        }
        int pod = Setup.pod(options, System.getenv());
        if (pod < 0 || pod >= options.pods() || pod >= options.users()) {
            problems.add("--streams-pod=" + pod + " must be below --streams-pods=" + options.pods()
                    + " and --streams-users=" + options.users());
        }
        if (options.user() == null && options.password() != null) {
            problems.add("--streams-password needs --streams-user");
        }
        var ca = options.ca();
        if (ca != null && !Files.isReadable(Path.of(ca))) {
            problems.add("--streams-ca: can't read " + ca);
        }
        return problems;
    }

    /**
     * The verticles of the role: one for each processor, which share the users.
     *
     * @param options in which {@link #problems} finds nothing
     */
    public static List<Deployment> deployments(StreamsOptions options, Node node) {
        var setup = Setup.of(options, System.getenv());
        int loops = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), setup.users()));
        var load = new Load(setup, loops);
        node.telemetry().gauge(StreamsMetric.USERS, load::active);
        var number = new AtomicInteger();
        return List.of(new Deployment(
                "streams",
                () -> {
                    int mine = number.getAndIncrement();
                    int users = (setup.users() - mine + loops - 1) / loops;
                    return new StreamsVerticle(setup, mine, users, options.hold(), load, node);
                },
                loops));
    }
}
