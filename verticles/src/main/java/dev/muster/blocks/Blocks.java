package dev.muster.blocks;

import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The role {@code blocks}: always a server, and a client too when it is given a base URL. */
public final class Blocks {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Blocks() {}

    /** What is wrong with the options, one line each that names the option and the fix; empty when nothing is. */
    public static List<String> problems(BlocksOptions options) {
        var problems = new ArrayList<String>();
        var plainPort = options.plainPort();
        Ranges.check(problems, "--blocks-port", options.port(), 0, 65_535);
        Ranges.check(problems, "--blocks-plain-port", plainPort == null ? 0 : plainPort, 0, 65_535);
        Ranges.check(problems, "--blocks-instances", options.instances(), 0, 256);
        Ranges.check(problems, "--blocks-max-connections", options.maxConnections(), 1, 1_000_000);
        Ranges.check(problems, "--blocks-max-streams", options.maxStreams(), 1, 10_000);
        Ranges.check(problems, "--blocks-max-bytes", options.maxBytes(), Plan.LEAST_SIZE, 1L << 60);
        Ranges.check(problems, "--blocks-max-duration", options.maxDuration(), SECOND, Duration.ofDays(1));
        Ranges.check(problems, "--blocks-log-period", options.logPeriod(), SECOND, HOUR);
        if ((options.cert() == null) != (options.key() == null)) {
            problems.add((options.cert() == null ? "--blocks-key" : "--blocks-cert")
                    + " is given without its other half: give both --blocks-cert and --blocks-key, or neither");
        }
        Tls.problem(options, System.getenv()).ifPresent(problems::add);
        problems.addAll(Setup.problems(options));
        return problems;
    }

    /**
     * The verticles of the role: the server on each processor's event loop, and the client, if there is one. May read
     * files and look up the host's name, so it is not for an event loop.
     *
     * @param options in which {@link #problems} finds nothing
     */
    public static List<Deployment> deployments(BlocksOptions options, Node node) {
        return deployments(options, node, System.getenv());
    }

    static List<Deployment> deployments(BlocksOptions options, Node node, Map<String, String> environment) {
        int processors = Runtime.getRuntime().availableProcessors();
        int instances = options.instances() == 0 ? processors : options.instances();
        var tls = Tls.open(options, environment);
        var shared = new Shared(
                tls, certificate(options), new BlockBuffers.Shared(), new Visitors.Shared(), new AtomicBoolean());
        node.telemetry().gauge(BlocksMetric.CONNECTIONS, shared.visitors().connections()::get);
        node.telemetry().gauge(BlocksMetric.STREAMS, shared.visitors().streams()::get);
        var deployments = new ArrayList<Deployment>();
        deployments.add(new Deployment("blocks-ground", () -> new GroundVerticle(shared), 1));
        deployments.add(
                new Deployment("blocks-server", () -> new BlocksServerVerticle(options, node, shared), instances));
        Setup.of(options)
                .ifPresent(setup -> deployments.add(
                        new Deployment("blocks-client", () -> new BlocksClientVerticle(setup, node, shared), 1)));
        return deployments;
    }

    private static Certificate certificate(BlocksOptions options) {
        var cert = options.cert();
        var key = options.key();
        return cert == null || key == null ? Certificate.Own.make() : new Certificate.OfFiles(cert, key);
    }

    /**
     * What the event loops of a process share.
     *
     * @param watched whether one of them watches the certificate
     */
    record Shared(
            Tls tls,
            Certificate certificate,
            BlockBuffers.Shared buffers,
            Visitors.Shared visitors,
            AtomicBoolean watched) {}
}
