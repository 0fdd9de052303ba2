package dev.muster.store;

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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A store in this process, with its real verticles, bus and HTTP port, and a client for it. */
final class RunningStore implements AutoCloseable {
    static final String EVENTS = "application/vnd.eventstore.events+json";
    static final String ATOM = "application/vnd.eventstore.atom+json";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Node node;

    private RunningStore(Node node) {
        this.node = node;
    }

    static RunningStore start(String databaseUrl, String... more) throws TimeoutException {
        var arguments = new ArrayList<>(List.of("--store-port=0", "--store-db-url=" + databaseUrl));
        arguments.addAll(List.of(more));
        var spec = CommandSpec.forAnnotatedObject(StoreOptions.class);
        new CommandLine(spec).setOverwrittenOptionsAllowed(true).parseArgs(arguments.toArray(String[]::new));
        var options = (StoreOptions) spec.userObject();
        var node = TestNode.of(new Identity("test", "1", "test", "store"), Credential.NONE, 1);
        var store = new RunningStore(node);
        BusCodecs.register(store.vertx.eventBus());
        for (var deployment : Store.deployments(options, node)) {
            store.vertx
                    .deployVerticle(deployment.verticle(), new DeploymentOptions().setInstances(deployment.instances()))
                    .await(30, TimeUnit.SECONDS);
        }
        return store;
    }

    Readiness readiness() {
        return node.readiness();
    }

    String url() {
        return node.endpoints().url("store").orElseThrow();
    }

    URI uri(String path) {
        return URI.create(url() + path);
    }

    /** So many events with new ids. */
    static List<UUID> ids(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    /** Events with these ids, whose data name their id. */
    static String events(List<UUID> ids) {
        return ids.stream()
                .map(id -> "{\"eventId\":\"" + id + "\",\"eventType\":\"test\",\"data\":{\"id\":\"" + id + "\"}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)), headers);
    }

    HttpResponse<String> delete(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).DELETE(), headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)), headers);
    }

    /** The same on a connection of its own, which the server may close afterwards. */
    HttpResponse<String> postAlone(String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .POST(BodyPublishers.ofString(body))
                .headers(headers);
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    /** Appends events to a stream. */
    HttpResponse<String> append(String stream, List<UUID> ids, String... headers)
            throws IOException, InterruptedException {
        return client.send(request(stream, ids, headers), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> appending(String stream, List<UUID> ids, String... headers) {
        return client.sendAsync(request(stream, ids, headers), BodyHandlers.ofString());
    }

    private HttpRequest request(String stream, List<UUID> ids, String... headers) {
        var request = HttpRequest.newBuilder(uri("/streams/" + stream))
                .header("Content-Type", EVENTS)
                .POST(BodyPublishers.ofString(events(ids)));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        var whole = (headers.length == 0 ? request : request.headers(headers)).build();
        return client.send(whole, BodyHandlers.ofString());
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
