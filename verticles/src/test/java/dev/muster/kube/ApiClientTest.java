package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.ApiServer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiClientTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir
    private Path folder;

    @Test
    void shouldDoWhatTheRealServerTakesAndTellWhatItRefuses() throws Exception {
        try (var kube = Kube.shared()) {
            var one = configMap("one");

            assertThat(kube.send(ApiRequest.create(MAPS, one))).isEqualTo(new Outcome.Done(201));
            assertThat(kube.send(ApiRequest.patch(MAPS + "/one", Buffer.buffer("{\"data\":{\"a\":\"2\"}}"))))
                    .isEqualTo(new Outcome.Done(200));
            assertThat(kube.json(MAPS + "/one").getJsonObject("data").getString("a"))
                    .isEqualTo("2");
            assertThat(kube.send(ApiRequest.create(MAPS, one)))
                    .asInstanceOf(type(Outcome.Refused.class))
                    .returns(409, Outcome.Refused::status)
                    .returns("AlreadyExists", Outcome.Refused::reason)
                    .satisfies(refused -> assertThat(refused.message()).contains("\"one\" already exists"));
            assertThat(kube.send(ApiRequest.delete(MAPS + "/one"))).isEqualTo(new Outcome.Done(200));
            assertThat(kube.send(ApiRequest.delete(MAPS + "/one")))
                    .asInstanceOf(type(Outcome.Refused.class))
                    .returns("NotFound", Outcome.Refused::reason);
            assertThat(kube.client.inFlight()).isZero();
        }
    }

    @Test
    void shouldHaveMoreRequestsUnderWayThanOneConnectionCarries() throws Exception {
        try (var kube = Kube.shared()) {
            var all = new ArrayList<Future<Outcome>>();
            for (int i = 0; i < 700; i++) {
                all.add(kube.begin(ApiRequest.get(MAPS + "/none-" + i)));
            }

            Future.all(all).await(60, TimeUnit.SECONDS);

            assertThat(all).allSatisfy(each -> assertThat(each.result())
                    .asInstanceOf(type(Outcome.Refused.class))
                    .returns(404, Outcome.Refused::status));
            assertThat(kube.events).containsOnly(LinkEvent.CONNECTED).hasSize(2);
            assertThat(kube.client.inFlight()).isZero();
        }
    }

    @Test
    void shouldNameWhoIsForbiddenToDoWhat() throws Exception {
        try (var admin = Kube.shared()) {
            var access = Kube.access(
                    ApiServer.shared(), admin.serviceAccount("default", "nobody-" + System.nanoTime()), folder);
            try (var kube = new Kube(access, 1, Duration.ofSeconds(10))) {
                assertThat(kube.send(ApiRequest.create(MAPS, configMap("two"))))
                        .asInstanceOf(type(Outcome.Refused.class))
                        .returns(403, Outcome.Refused::status)
                        .returns("Forbidden", Outcome.Refused::reason)
                        .satisfies(refused -> assertThat(refused.message()).contains("cannot create resource"));
            }
        }
    }

    @Test
    void shouldTellTheOutcomeOfEachRequestWhenTheServerIsKilledAndComeBack() throws Exception {
        try (var server = ApiServer.start(folder.resolve("server"));
                var kube = new Kube(Kube.access(server), 2, Duration.ofSeconds(20))) {
            int count = 300;
            var all = new ArrayList<Future<Outcome>>();
            for (int i = 0; i < count; i++) {
                all.add(kube.begin(ApiRequest.create(MAPS, configMap("killed-" + i))));
            }
            await().until(() -> all.stream().filter(Future::isComplete).count() > 20);
            server.killApiServer();
            Future.all(all).await(60, TimeUnit.SECONDS);
            assertThat(kube.send(ApiRequest.get(MAPS))).isInstanceOf(Outcome.NotSent.class);

            server.restartApiServer();
            await().atMost(Duration.ofSeconds(20)).until(() -> kube.send(ApiRequest.get(MAPS)) instanceof Outcome.Done);

            // What the store holds has to be what the outcomes say: all that is done, nothing that was not sent.
            var stored = kube.json(MAPS).getJsonArray("items").stream()
                    .map(item -> ((JsonObject) item).getJsonObject("metadata").getString("name"))
                    .toList();
            for (int i = 0; i < count; i++) {
                var outcome = all.get(i).result();
                if (outcome instanceof Outcome.Done) {
                    assertThat(stored).contains("killed-" + i);
                } else if (outcome instanceof Outcome.NotSent) {
                    assertThat(stored).doesNotContain("killed-" + i);
                } else {
                    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
                }
            }
            assertThat(kube.events).contains(LinkEvent.LOST, LinkEvent.UNREACHED, LinkEvent.RECONNECTED);
        }
    }

    private static Buffer configMap(String name) {
        return Buffer.buffer("{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"a\":\"1\"}}");
    }
}
