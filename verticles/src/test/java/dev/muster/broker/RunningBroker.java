package dev.muster.broker;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Command;
import dev.muster.bus.Credential;
import dev.muster.bus.Told;
import dev.muster.node.CountersOf;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.testing.TestNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A broker in this process, with its real verticles and ports, and a client for its HTTP side. */
final class RunningBroker implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Node node = TestNode.of(new Identity("test", "1", "test", "broker"));

    /** Quick options for a test. */
    record Settings(int port, int maxConnections, Duration handshake) implements BrokerOptions {
        static final Settings USUAL = new Settings(1_000, Duration.ofSeconds(30));

        /** On any free port. */
        Settings(int maxConnections, Duration handshake) {
            this(0, maxConnections, handshake);
        }

        Settings on(int otherPort) {
            return new Settings(otherPort, maxConnections, handshake);
        }

        @Override
        public int httpPort() {
            return 0;
        }

        @Override
        public int instances() {
            return 2;
        }

        @Override
        public Duration heartbeat() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration silent() {
            return Duration.ofSeconds(40);
        }

        @Override
        public Duration forget() {
            return Duration.ofMinutes(5);
        }
    }

    static RunningBroker start(Settings options) throws TimeoutException {
        var broker = new RunningBroker();
        BusCodecs.register(broker.vertx.eventBus());
        for (var deployment : Broker.deployments(options, broker.node)) {
            broker.vertx
                    .deployVerticle(deployment.verticle(), new DeploymentOptions().setInstances(deployment.instances()))
                    .await(30, TimeUnit.SECONDS);
        }
        return broker;
    }

    int port() {
        var address = node.endpoints().url("broker").orElseThrow();
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    /** A counter, without the role's name. */
    long count(String counter) {
        return Objects.requireNonNull(CountersOf.process(node.telemetry()).get("broker." + counter), counter);
    }

    Peer connect() throws IOException {
        return new Peer(port());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var uri = URI.create(node.endpoints().url("broker-http").orElseThrow() + path);
        var request = HttpRequest.newBuilder(uri);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** The answer to a command that comes over the bus. */
    Told command(Command.Action action, Map<String, String> parameters) throws TimeoutException {
        return vertx.eventBus()
                .<Told>request(Addresses.command("broker"), new Command(Credential.NONE, action, parameters))
                .await(30, TimeUnit.SECONDS)
                .body();
    }

    String body(String path) throws IOException, InterruptedException {
        return get(path).body().strip();
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
