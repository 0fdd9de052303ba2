package dev.muster.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Command;
import dev.muster.bus.Credential;
import dev.muster.bus.Envelope;
import dev.muster.bus.Failure;
import dev.muster.bus.Message;
import dev.muster.bus.Stored;
import dev.muster.measure.EpochClock;
import dev.muster.node.ManagementVerticle.Port;
import dev.muster.testing.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The event bus by HTTP, through a real management port. */
@ExtendWith(VertxExtension.class)
class BusRoutesTest {
    private static final String ADDRESS = Addresses.command("minion");
    private static final Command START = new Command(Credential.NONE, Command.Action.START, Map.of());

    private final Node node =
            TestNode.of(new Identity("pod-0", "1", "build", "collector"), new Credential("secret"), 0);
    private final NodeMetrics metrics = NodeMetrics.create(node.telemetry());
    private final Vertx vertx = metrics.vertx(new VertxOptions()).build();
    private final Envelope envelope = new Envelope();

    @BeforeEach
    void start() {
        BusCodecs.register(vertx.eventBus());
        vertx.deployVerticle(new ManagementVerticle(node, metrics, new Port(0, false)))
                .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void shouldHandAnOrderToTheBusWithThisProcessesCredentialAndBringTheAnswer() throws Exception {
        List<Command> heard = new ArrayList<>();
        vertx.eventBus().<Command>consumer(ADDRESS).handler(order -> {
            heard.add(order.body());
            order.reply(new Stored());
        });
        long before = EpochClock.system().nanos();

        var answer = post(ADDRESS, envelope.pack(START), Map.of());

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(envelope.unpack(answer.body())).isInstanceOf(Stored.class);
        assertThat(heard).containsExactly(new Command(new Credential("secret"), Command.Action.START, Map.of()));
        long received = answer.headers().firstValueAsLong("Muster-Received").orElseThrow();
        assertThat(received).isBetween(before, EpochClock.system().nanos());
        assertThat(answer.headers().firstValueAsLong("Muster-Sent").orElseThrow())
                .isBetween(received, EpochClock.system().nanos());
    }

    @Test
    void shouldTellTheFailureOfTheOtherSideAndThatNobodyListens() throws Exception {
        vertx.eventBus().<Message>consumer(ADDRESS).handler(order -> {
            var no = Failure.BAD_REQUEST.exception("no such action");
            order.fail(no.failureCode(), no.getMessage());
        });

        var refused = post(ADDRESS, envelope.pack(START), Map.of());
        var nobody = post("muster.nobody", envelope.pack(START), Map.of());

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(new JsonObject(text(refused)))
                .isEqualTo(new JsonObject()
                        .put("error", "no such action")
                        .put("failure", "RECIPIENT_FAILURE")
                        .put("code", 400));
        assertThat(nobody.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(text(nobody)).getString("failure")).isEqualTo("NO_HANDLERS");
    }

    @Test
    void shouldTellAllThatHearWithoutWaitingForAnAnswer() throws Exception {
        var first = new ArrayBlockingQueue<Message>(1);
        var second = new ArrayBlockingQueue<Message>(1);
        for (var each : List.of(first, second)) {
            vertx.eventBus()
                    .<Message>consumer(ADDRESS)
                    .handler(news -> each.add(news.body()))
                    .completion()
                    .await();
        }

        var answer = post(ADDRESS + "?publish=true", envelope.pack(START), Map.of());

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(202);
        assertThat(first.poll(10, TimeUnit.SECONDS)).isInstanceOf(Command.class);
        assertThat(second.poll(10, TimeUnit.SECONDS)).isInstanceOf(Command.class);
    }

    @Test
    void shouldRefuseAForeignPageAndWhatIsNoMessage() throws Exception {
        assertThat(post(ADDRESS, envelope.pack(START), Map.of("Origin", "http://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(ADDRESS, "{}".getBytes(UTF_8), Map.of()).statusCode()).isEqualTo(400);
        assertThat(post(ADDRESS + "?timeout_ms=0", envelope.pack(START), Map.of())
                        .statusCode())
                .isEqualTo(400);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }

    private HttpResponse<byte[]> post(String address, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create(node.endpoints().url("management").orElseThrow() + "/bus/" + address))
                .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
    }
}
