package dev.muster.master;

import dev.muster.bus.BusCodecs;
import dev.muster.bus.Credential;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.node.Readiness;
import dev.muster.testing.TestNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A master in this process, with its real verticles, bus and HTTP port, and a client for it. */
final class RunningMaster implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Node node;

    private RunningMaster(Node node) {
        this.node = node;
    }

    static RunningMaster start(String databaseUrl, String... more) throws TimeoutException {
        return start(Credential.NONE, databaseUrl, more);
    }

    static RunningMaster start(Credential credential, String databaseUrl, String... more) throws TimeoutException {
        var arguments = new ArrayList<>(List.of("--master-port=0", "--master-db-url=" + databaseUrl));
        arguments.addAll(List.of(more));
        var spec = CommandSpec.forAnnotatedObject(MasterOptions.class);
        new CommandLine(spec).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments.toArray(String[]::new));
        var options = (MasterOptions) spec.userObject();
        var node = TestNode.of(new Identity("test", "1", "test", "master"), credential, 1);
        var master = new RunningMaster(node);
        BusCodecs.register(master.vertx.eventBus());
        for (var deployment : Master.deployments(options, node)) {
            master.vertx
                    .deployVerticle(deployment.verticle(), new DeploymentOptions().setInstances(deployment.instances()))
                    .await(30, TimeUnit.SECONDS);
        }
        return master;
    }

    Vertx vertx() {
        return vertx;
    }

    Readiness readiness() {
        return node.readiness();
    }

    URI uri(String path) {
        return URI.create(node.endpoints().url("master").orElseThrow() + path);
    }

    int port() {
        return uri("/").getPort();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> getAsync(String path) {
        return client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody());
        return client.send(request.build(), BodyHandlers.ofString());
    }

    String body(String path) throws IOException, InterruptedException {
        return get(path).body().strip();
    }

    String json(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path)).header("Accept", "application/json");
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
