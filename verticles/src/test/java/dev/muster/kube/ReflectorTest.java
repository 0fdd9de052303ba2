package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.ScriptedServer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real API server does not do on demand. */
class ReflectorTest {
    private static final String LIST = "{\"metadata\":{\"resourceVersion\":\"10\"},\"items\":["
            + "{\"metadata\":{\"name\":\"old\",\"resourceVersion\":\"7\"}}]}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void shouldGoOnFromTheLastWholeEventWhenAWatchIsCutInTheMiddleOfOne() throws Exception {
        var second = added("two", 12, "x".repeat(2 << 20)); // more than a mebibyte
        try (var server = new ScriptedServer(folder, request -> {
            int watches = watches(request);
            var response = request.response();
            if (watches == 0) {
                response.end(LIST);
            } else if (watches == 1) {
                response.write(added("one", 11, "") + second.substring(0, 1 << 20))
                        .onSuccess(written -> request.connection().close());
            } else if (watches == 2) {
                response.write(second + added("three", 13, ""));
            }
        })) {
            try (var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(20))) {
                start(kube);
                await().atMost(Duration.ofSeconds(20)).until(() -> told.contains("ADDED three 13"));
            }
        }

        assertThat(told)
                .containsSubsequence("listed 1 false", "ADDED one 11", "CONNECTION", "ADDED two 12", "ADDED three 13")
                .filteredOn(each -> each.startsWith("ADDED"))
                .hasSize(3);
        assertThat(asked).element(2).asString().contains("resourceVersion=11");
    }

    @Test
    void shouldListAnewWhenTheServerHasForgottenWhereItWas() throws Exception {
        try (var server = new ScriptedServer(folder, request -> {
            int watches = watches(request);
            var response = request.response();
            if (watches == 0) {
                response.end(LIST);
            } else if (watches == 1) {
                response.end(
                        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}}\n");
            } else if (watches == 2) {
                response.setStatusCode(410).end("{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}");
            }
        })) {
            try (var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(20))) {
                start(kube);
                await().atMost(Duration.ofSeconds(20)).until(() -> asked.size() == 6);
            }
        }

        assertThat(told).filteredOn(each -> each.equals("GONE")).hasSize(2);
        assertThat(told).filteredOn(each -> each.equals("listed 1 true")).hasSize(2);
    }

    @Test
    void shouldNotTakeForAnEventWhatIsNone() throws Exception {
        try (var server = new ScriptedServer(folder, request -> {
            if (watches(request) == 0) {
                request.response().end(LIST);
            } else {
                request.response().write("<html>the proxy is tired</html>\n");
            }
        })) {
            try (var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(20))) {
                start(kube);
                await().atMost(Duration.ofSeconds(20)).until(() -> told.contains("ERROR"));
            }
        }
    }

    @Test
    void shouldLeaveTheServerInPeaceThatEndsEachWatchAtOnce() throws Exception {
        var times = new CopyOnWriteArrayList<Long>();
        try (var server = new ScriptedServer(folder, request -> {
            if (watches(request) == 0) {
                request.response().end(LIST);
            } else {
                times.add(System.nanoTime());
                request.response().end();
            }
        })) {
            try (var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(20))) {
                start(kube);
                await().atMost(Duration.ofSeconds(20)).until(() -> times.size() >= 4);
            }
        }

        // 100, 200 and 400 ms apart at least.
        assertThat(Duration.ofNanos(times.get(3) - times.get(0))).isGreaterThan(Duration.ofMillis(650));
    }

    @Test
    void shouldWaitLongerAfterEachWatchThatIsRefusedThoughTheListIsNot() throws Exception {
        var times = new CopyOnWriteArrayList<Long>();
        try (var server = new ScriptedServer(folder, request -> {
            if (watches(request) == 0) {
                request.response().end(LIST);
            } else {
                times.add(System.nanoTime());
                request.response().setStatusCode(410).end("{\"kind\":\"Status\",\"code\":410}");
            }
        })) {
            try (var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(20))) {
                start(kube);
                await().atMost(Duration.ofSeconds(20)).until(() -> times.size() >= 4);
            }
        }

        // At once, then 200 and 400 ms apart at least.
        assertThat(Duration.ofNanos(times.get(3) - times.get(0))).isGreaterThan(Duration.ofMillis(550));
    }

    @Test
    void shouldTellARefusedListFromAConnectionThatIsLost() throws Exception {
        try (var server = new ScriptedServer(folder, request -> {
            asked.add(request.uri());
            request.response().setStatusCode(403).end("{\"kind\":\"Status\",\"message\":\"no\"}");
        })) {
            try (var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(20))) {
                start(kube);
                await().atMost(Duration.ofSeconds(20)).until(() -> asked.size() >= 2);
            }
        }

        assertThat(told).containsOnly("ERROR");
    }

    private int watches(HttpServerRequest request) {
        asked.add(request.uri());
        return request.uri().contains("watch=1")
                ? (int) asked.stream().filter(uri -> uri.contains("watch=1")).count()
                : 0;
    }

    private static String added(String name, int version, String data) {
        return "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"" + name + "\",\"resourceVersion\":\""
                + version + "\"},\"data\":{\"a\":\"" + data + "\"}}}\n";
    }

    private void start(Kube kube) throws Exception {
        var settings = Reflector.Settings.plain(Resource.CONFIG_MAPS, Optional.of("default"), "", () -> 60, false);
        kube.await(() -> {
            new Reflector(kube.vertx(), kube.client, settings, new Told()).start();
            return Future.succeededFuture();
        });
    }

    private final class Told implements Reflector.Listener {
        @Override
        public void listed(List<WatchEvent> objects, boolean again, long nanos) {
            told.add("listed " + objects.size() + " " + again);
        }

        @Override
        public void opened(String version) {}

        @Override
        public void event(WatchEvent event, long arrived) {
            told.add(event.type() + " " + event.name() + " " + event.resourceVersion());
        }

        @Override
        public void closed(Reflector.End end, String cause) {
            told.add(end.toString());
        }
    }
}
