package dev.muster.stress;

import dev.muster.bus.BusCodecs;
import dev.muster.bus.Credential;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.testing.TestNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The role in this process, with its real verticle and port, and a client for it. */
final class RunningStress implements AutoCloseable {
    static final String INSTANCE = "stress-x";
    static final Credential TOKEN = new Credential("t0ken");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Node node = TestNode.of(new Identity(INSTANCE, "1", "test", "stress"), TOKEN, 0);

    record Settings(int headroom, int maxJobs) implements StressOptions {
        static final Settings USUAL = new Settings(0, 3);

        @Override
        public int port() {
            return 0;
        }
    }

    static RunningStress start(Settings options) throws TimeoutException {
        var stress = new RunningStress();
        BusCodecs.register(stress.vertx.eventBus());
        for (var deployment : Stress.deployments(options, stress.node)) {
            stress.vertx
                    .deployVerticle(deployment.verticle(), new DeploymentOptions().setInstances(deployment.instances()))
                    .await(30, TimeUnit.SECONDS);
        }
        return stress;
    }

    EventBus bus() {
        return vertx.eventBus();
    }

    URI uri(String path) {
        return URI.create(node.endpoints().url("stress").orElseThrow() + path);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    String text(String path) throws IOException, InterruptedException {
        return get(path).body().stripTrailing();
    }

    JsonObject json(String path) throws IOException, InterruptedException {
        return new JsonObject(send("GET", path, "Accept", "application/json").body());
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
