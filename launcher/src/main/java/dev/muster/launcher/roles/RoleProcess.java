package dev.muster.launcher.roles;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Credential;
import dev.muster.bus.EndpointList;
import dev.muster.bus.EndpointsQuery;
import dev.muster.launcher.cluster.ClusterMember;
import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.options.Options;
import dev.muster.measure.HealthCounter;
import dev.muster.node.Deployment;
import dev.muster.node.Ending;
import dev.muster.node.Endpoints;
import dev.muster.node.ManagementVerticle;
import dev.muster.node.MessageLog;
import dev.muster.node.Node;
import dev.muster.node.NodeMetrics;
import dev.muster.node.Readiness;
import dev.muster.node.Telemetry;
import dev.muster.node.TelemetryVerticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBus;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that runs roles. It starts from a thread that may block, part by part, in an order that stopping reverses. */
final class RoleProcess {
    private static final Logger LOG = LoggerFactory.getLogger(RoleProcess.class);
    private static final String SELF = "launcher";

    private final Launch launch;
    private final Started started;
    private final Consumer<StartException> lost;
    private final Map<String, String> environment;
    private final Options options;
    private final InetAddress address;
    private final Node node;
    private @Nullable ClusterMember member;

    /**
     * @param started takes what has been started, to be stopped by the caller, also when starting fails
     * @param lost told, from a thread that must not block, when the process can't go on after it has started
     */
    RoleProcess(Launch launch, Started started, Consumer<StartException> lost, Map<String, String> environment) {
        this.lost = lost;
        this.launch = launch;
        this.started = started;
        this.environment = environment;
        this.options = launch.options();
        var process = options.of(ProcessOptions.class);
        this.address = address(process.bindAddress());
        this.node = new Node(
                launch.identity(),
                process.bindAddress(),
                new Credential(process.adminToken()),
                process.insecureAdmin(),
                options.of(GeneralOptions.class).verbosity(),
                new Telemetry(),
                new Readiness(),
                new Endpoints(),
                new Ending());
    }

    /**
     * A process that has started.
     *
     * @param endpoints where its servers listen
     * @param bus on which its roles talk
     * @param credential what admin messages to the roles must carry
     * @param instance who it is, as its snapshots say
     * @param metrics what it measures
     * @param cluster where other processes can join its bus, {@code HOST:PORT}; empty when it runs alone
     * @param ending completes when a role has ended the process
     */
    record Running(
            Endpoints endpoints,
            EventBus bus,
            Credential credential,
            String instance,
            NodeMetrics metrics,
            Optional<String> cluster,
            CompletionStage<Ending.Asked> ending) {}

    /**
     * Starts all.
     *
     * @throws StartException when something can't be started
     * @throws java.util.concurrent.CancellationException when all is being stopped meanwhile
     */
    Running start() {
        LOG.info(
                "event=starting roles={} build={}",
                node.identity().roles(),
                node.identity().build());
        node.readiness().waiting(SELF, "still starting");
        var ports = new PortGuard(address, options);
        ports.check(
                launch.bills().stream().flatMap(bill -> bill.ports().stream()).toList());
        startDatabase();
        var metrics = NodeMetrics.create(node.telemetry());
        started.add("metrics", metrics::close);
        var deployments = new Deployments(startVertx(metrics), started, ports);
        deploy(deployments, metrics);
        answerForEndpoints(deployments.bus());
        node.readiness().ready(SELF);
        started.add("readiness", () -> node.readiness().waiting(SELF, "stopping"));
        LOG.info("event=started");
        return new Running(
                node.endpoints(),
                deployments.bus(),
                node.credential(),
                node.identity().instance(),
                metrics,
                Optional.ofNullable(member).map(ClusterMember::address),
                node.ending().asked());
    }

    /** Whoever has started this process learns by the answer that all has started. */
    private void answerForEndpoints(EventBus bus) {
        bus.<EndpointsQuery>consumer(Addresses.endpoints(node.identity().instance()))
                .handler(query -> query.reply(new EndpointList(node.endpoints().all())))
                .completion()
                .await();
    }

    /** One for all roles that store and were not told where. */
    private void startDatabase() {
        var missing = launch.bills().stream()
                .flatMap(bill -> bill.database().stream())
                .filter(option -> !options.isGiven(option))
                .toList();
        if (!missing.isEmpty()) {
            var database = EmbeddedDatabase.start(options.of(GeneralOptions.class), environment);
            started.add("mariadb", database::close);
            missing.forEach(option -> options.set(option, database.url()));
        }
    }

    private Vertx startVertx(NodeMetrics metrics) {
        var vertxOptions = new VertxOptions().setPreferNativeTransport(true);
        var cluster = launch.cluster();
        if (cluster.isEmpty()) {
            var vertx = metrics.vertx(vertxOptions).build();
            started.add("vertx", () -> vertx.close().await());
            return vertx;
        }
        var joined = ClusterMember.join(
                cluster.get(), node.identity(), node.telemetry().counters(HealthCounter.class), lost);
        started.add("cluster", joined::leave);
        member = joined;
        var vertx = joined.vertx(metrics, vertxOptions);
        started.add("vertx", () -> vertx.close().await());
        return vertx;
    }

    /** The collector hears the first snapshot and the last one, which telemetry sends when the roles have stopped. */
    private void deploy(Deployments deployments, NodeMetrics metrics) {
        BusCodecs.register(deployments.bus());
        MessageLog.attach(deployments.bus());
        deployments.deploy(List.of(new Deployment("management", () -> management(metrics), 1)), List.of());
        launch.collector().ifPresent(bill -> deploy(deployments, bill));
        deployments.deploy(
                List.of(new Deployment(
                        "telemetry",
                        () -> new TelemetryVerticle(
                                node, options.of(ProcessOptions.class).loopProbe()),
                        1)),
                List.of());
        launch.bills().forEach(bill -> deploy(deployments, bill));
    }

    private void deploy(Deployments deployments, Bill<?> bill) {
        bill.follows().forEach((option, part) -> {
            if (!options.isGiven(option)) {
                node.endpoints().url(part).ifPresent(url -> options.set(option, url));
            }
        });
        deployments.deploy(bill.deployments(options, node), bill.ports());
    }

    private ManagementVerticle management(NodeMetrics metrics) {
        var port = new ManagementVerticle.Port(
                options.number(ProcessOptions.MANAGEMENT_PORT), address.isLoopbackAddress());
        return new ManagementVerticle(node, metrics, port);
    }

    private static InetAddress address(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new StartException("--bind-address: '" + name + "' is no longer known", e);
        }
    }
}
