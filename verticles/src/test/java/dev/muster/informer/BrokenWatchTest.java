package dev.muster.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.ScriptedServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines against a server that does what a real one does not do on demand. */
class BrokenWatchTest {
    private static final String LIST = "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":"
            + "{\"resourceVersion\":\"10\"},\"items\":[{\"metadata\":"
            + "{\"name\":\"old\",\"namespace\":\"default\",\"resourceVersion\":\"7\"}}]}";

    private final AtomicInteger watches = new AtomicInteger();
    private volatile String lastAsked = "";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fabric8", "raw"})
    void shouldTakeEachEventOnceThoughTheWatchIsCutInTheMiddleOfALargeOne(String engine) throws Exception {
        var second = event("ADDED", "two", 12, "x".repeat(2 << 20)); // more than a mebibyte
        try (var server = new ScriptedServer(folder, request -> {
                    var response = request.response();
                    if (!isWatch(request)) {
                        return;
                    } else if (watches.incrementAndGet() == 1) {
                        response.write(event("ADDED", "one", 11, "") + second.substring(0, 1 << 20))
                                .onSuccess(written -> request.connection().close());
                    } else if (watches.get() == 2) {
                        response.write(second + event("ADDED", "three", 13, ""));
                    }
                });
                var informer = start(server, engine)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> informer.versions()
                    .equals(Map.of(
                            "default/old", "7",
                            "default/one", "11",
                            "default/two", "12",
                            "default/three", "13")));

            assertThat(informer.count(InformerCounter.ADDED)).isEqualTo(4);
            assertThat(informer.count(InformerCounter.LOST)).isPositive();
            assertThat(informer.count(InformerCounter.RECONNECTED)).isEqualTo(1);
            assertThat(informer.count(InformerCounter.RELISTS)).isZero();
            assertThat(lastAsked).contains("resourceVersion=11");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw"}) // fabric8's drops them before anybody can count them
    void shouldCountWhatComesTwiceAndOutOfOrderAndWorkNoneOfItOff(String engine) throws Exception {
        try (var server = new ScriptedServer(folder, request -> {
                    if (isWatch(request) && watches.incrementAndGet() == 1) {
                        request.response()
                                .write(event("MODIFIED", "old", 12, "")
                                        + event("MODIFIED", "old", 12, "")
                                        + event("MODIFIED", "old", 11, ""));
                    }
                });
                var informer = start(server, engine)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> informer.count(InformerCounter.REORDERED) == 1);

            assertThat(informer.count(InformerCounter.DUPLICATES)).isEqualTo(1);
            assertThat(informer.count(InformerCounter.UPDATED)).isEqualTo(1);
            assertThat(informer.versions()).isEqualTo(Map.of("default/old", "12"));
        }
    }

    @Test
    void shouldNotTakeJsonForProtobuf() throws Exception {
        try (var server = new ScriptedServer(folder, request -> {
            if (isWatch(request)) {
                request.response().write(event("ADDED", "one", 11, ""));
            }
        })) {
            assertThatThrownBy(() -> start(server, "raw", "--informer-encoding=protobuf"))
                    .hasMessageContaining(
                            "the server answers application/json, not application/vnd.kubernetes.protobuf");
        }
    }

    /** Answers all but watches. */
    private boolean isWatch(HttpServerRequest request) {
        var uri = request.uri();
        if (uri.contains("watch=")) {
            lastAsked = uri;
            request.response().putHeader("Content-Type", "application/json").setChunked(true);
            return true;
        }
        if (uri.contains("selfsubjectaccessreviews")) {
            request.response().setStatusCode(201).end("{\"status\":{\"allowed\":true}}");
        } else {
            request.response().putHeader("Content-Type", "application/json").end(LIST);
        }
        return false;
    }

    private static String event(String type, String name, int version, String data) {
        return "{\"type\":\"" + type
                + "\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\""
                + name + "\",\"namespace\":\"default\",\"resourceVersion\":\"" + version + "\"},\"data\":{\"a\":\""
                + data
                + "\"}}}\n";
    }

    private static RunningInformer start(ScriptedServer server, String engine, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("--informer-engine=" + engine, "--informer-namespace=default"));
        arguments.addAll(List.of(more));
        return RunningInformer.start(server.kubeconfig(), arguments);
    }
}
