package dev.muster.broker;

import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role {@code broker}: what it needs checked and deployed. */
public final class Broker {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    private Broker() {}

    /** What is wrong with the options, one line each that names the option and the fix; empty when nothing is. */
    public static List<String> problems(BrokerOptions options) {
        var problems = new ArrayList<String>();
        Ranges.check(problems, "--broker-port", options.port(), 0, 65_535);
        Ranges.check(problems, "--broker-http-port", options.httpPort(), 0, 65_535);
        Ranges.check(problems, "--broker-instances", options.instances(), 0, 256);
        Ranges.check(problems, "--broker-max-connections", options.maxConnections(), 1, 10_000_000);
        Ranges.check(problems, "--broker-heartbeat", options.heartbeat(), SECOND, DAY);
        Ranges.check(problems, "--broker-silent", options.silent(), SECOND, DAY);
        Ranges.check(problems, "--broker-forget", options.forget(), SECOND, DAY);
        Ranges.check(problems, "--broker-handshake", options.handshake(), SECOND, DAY);
        return problems;
    }

    /**
     * The verticles of the role: TCP for each processor, and one for HTTP. They share the registry of engines.
     *
     * @param options in which {@link #problems} finds nothing
     */
    public static List<Deployment> deployments(BrokerOptions options, Node node) {
        int processors = Runtime.getRuntime().availableProcessors();
        int instances = options.instances() == 0 ? processors : options.instances();
        int most = connections(options.maxConnections());
        // An engine whose connection is lost is kept for a while, so there are more engines than connections.
        var registry = new Registry(2 * most);
        var connections = new AtomicInteger();
        var sharing = new Sharing(node.identity(), registry, connections::get);
        var shared = new Gate.Shared(registry, new Orders(), most, connections, sharing);
        node.telemetry().gauge(BrokerMetric.CONNECTIONS, shared.connections()::get);
        node.telemetry().gauge(BrokerMetric.ENGINES, registry::size);
        var port = new Port(options.port());
        return List.of(
                // First, so that no engine comes before the other brokers are known.
                new Deployment("broker-sharing", () -> sharing, 1),
                new Deployment("broker-http", () -> new BrokerHttpVerticle(options, node, shared), 1),
                new Deployment("broker-tcp", () -> new BrokerTcpVerticle(options, node, shared, port), instances));
    }

    /** No more than there are files for: one that is refused is told so, one that can't be accepted hears nothing. */
    private static int connections(int wanted) {
        var files = OpenFiles.ofThisProcess();
        int connections = files.connections(wanted);
        if (connections < wanted) {
            LOG.warn(
                    "event=broker.limited connections={} wanted={} open_files={} limit_of_files={} fix=\"raise the limit"
                            + " of open files (ulimit -n), or lower --broker-max-connections\"",
                    connections,
                    wanted,
                    files.open(),
                    files.limit());
        }
        return connections;
    }
}
