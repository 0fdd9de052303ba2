package dev.muster.minion;

import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The role {@code minion}: virtual minions, as many in one process as its options say. */
public final class Minion {
    private static final int MOST_MINIONS = 1_000_000;
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int MOST_PORT = 65_535;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TENTH = Duration.ofMillis(100);

    private Minion() {}

    /** What to deploy. May look up the host's name, so it is not for an event loop. */
    public static List<Deployment> deployments(MinionOptions options, Node node) {
        return deployments(options, node, System.getenv());
    }

    static List<Deployment> deployments(MinionOptions options, Node node, Map<String, String> environment) {
        var who = Introduction.of(options, environment);
        // One instance: there is one schedule, and one event loop registers more minions than a master takes.
        return List.of(new Deployment("minion", () -> new MinionVerticle(options, who, node), 1));
    }

    /** What is wrong with the options, one line each; empty when nothing is. */
    public static List<String> problems(MinionOptions options) {
        return problems(options, System.getenv());
    }

    static List<String> problems(MinionOptions options, Map<String, String> environment) {
        var problems = new ArrayList<String>();
        Ranges.check(problems, "--minion-count", options.count(), 1, MOST_MINIONS);
        Ranges.check(problems, "--minion-connections", options.connections(), 1, MOST_CONNECTIONS);
        Ranges.check(problems, "--minion-ramp", options.ramp(), Duration.ZERO, DAY);
        Ranges.check(problems, "--minion-timeout", options.timeout(), TENTH, Duration.ofMinutes(10));
        Ranges.check(problems, "--minion-retry-max", options.retryMax(), TENTH, HOUR);
        if (!options.poll().isZero()) {
            Ranges.check(problems, "--minion-poll", options.poll(), TENTH, HOUR);
        }
        if (!isHttpUrl(options.masterUrl())) {
            problems.add("--minion-master-url must be like http://host:8888, not '" + options.masterUrl() + "'");
        }
        var id = options.id();
        if (id != null && !MinionId.allowed(MinionId.of(id, options.count() - 1))) {
            problems.add("--minion-id and a number must be " + MinionId.RANGE + ", not '" + id + "'");
        }
        if (!options.run().isEmpty() && !MinionId.isRun(options.run())) {
            problems.add("--minion-run must be " + MinionId.RUN_RANGE + ", not '" + options.run() + "'");
        }
        problems.addAll(Introduction.labelProblems(environment));
        return problems;
    }

    private static boolean isHttpUrl(String text) {
        try {
            var url = new URI(text);
            return "http".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getPort() != 0
                    && url.getPort() <= MOST_PORT
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
