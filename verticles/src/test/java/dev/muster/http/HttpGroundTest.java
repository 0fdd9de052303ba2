package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Credential;
import dev.muster.bus.Failure;
import dev.muster.http.HttpServers.ConnectionLimit;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shared ground of every HTTP server, over real sockets. */
class HttpGroundTest {
    private static final int LIMIT = 3;

    /** Two seconds. */
    private static final int PATIENCE = 40;

    private static final long SWEEP_MILLIS = 50;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger refused = new AtomicInteger();
    private final ConnectionLimit limit = new ConnectionLimit(LIMIT);
    private String deployment = "";
    private volatile int port;

    private record Echo(@Nullable String name, @Nullable Long count) {}

    @BeforeEach
    void serve() throws Exception {
        var router = Router.router(vertx);
        HttpErrors.install(router);
        HttpServers.readBodies(router);
        router.route("/echo").handler(context -> {
            var params = Params.of(context);
            var name = params.text("name", 8);
            var count = params.number("count", 1, 10);
            params.check();
            Answers.send(context, "name " + name + " count " + count, () -> new Echo(name, count));
        });
        router.get("/admin").handler(new AdminGuard(Credential.NONE, false)).handler(context -> context.end("done"));
        router.get("/busy").handler(context -> context.fail(Failure.UNAVAILABLE.exception("the queue is full")));
        router.get("/broken").handler(context -> {
            throw new IllegalStateException("secret detail");
        });
        router.get("/slow").handler(context -> vertx.setTimer(3_000, late -> context.end("slow")));
        deployment = vertx.deployVerticle(new Server(router)).await(30, TimeUnit.SECONDS);
    }

    private final class Server extends VerticleBase {
        private final Router router;
        private @Nullable HttpServer server;

        Server(Router router) {
            this.router = router;
        }

        @Override
        public Future<?> start() {
            var options = HttpServers.options().setHost("127.0.0.1").setPort(0);
            var held = new HeldConnections(limit, connection -> refused.incrementAndGet(), PATIENCE);
            return HttpServers.listen(vertx, options, router, held, SWEEP_MILLIS)
                    .onSuccess(listening -> {
                        server = listening;
                        port = listening.actualPort();
                    });
        }

        @Override
        public Future<?> stop() {
            return server == null ? Future.succeededFuture() : HttpServers.stop(server);
        }
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    @Tag("smoke")
    void shouldNameEveryWrongParameterAtOnce() throws Exception {
        var answer = get("/echo?name=much-too-long&count=eleven");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("name has 13 characters: at most 8 are taken")
                .contains("count must be a whole number from 1 to 10, not 'eleven'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailAlikeWithEveryTransportWhenThePortIsTaken(boolean natively) throws Exception {
        var other = Vertx.vertx(new VertxOptions().setPreferNativeTransport(natively));
        var options = HttpServers.options().setHost("127.0.0.1").setPort(port);

        var second = HttpServers.listen(other, options, Router.router(other), limit, connection -> {});

        assertThat(second.toCompletionStage().toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(BindException.class)
                .withMessage("Address already in use");
        other.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void shouldAnswerJsonWhenAskedTo() throws Exception {
        var request = HttpRequest.newBuilder(uri("/echo?name=a&count=0")).header("Accept", "application/json");

        var answer = client.send(request.build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"count must be a whole number from 1 to 10, not '0'\",\"fix\":\"\"}\n");
    }

    @Test
    void shouldTakeParametersFromAJsonBody() throws Exception {
        var request = HttpRequest.newBuilder(uri("/echo"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"abc\",\"count\":7}"));

        assertThat(client.send(request.build(), BodyHandlers.ofString()).body()).isEqualTo("name abc count 7\n");
    }

    @Test
    void shouldRefuseABrokenJsonBody() throws Exception {
        var request = HttpRequest.newBuilder(uri("/echo"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":"));

        var answer = client.send(request.build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("the body is not a JSON object");
    }

    @Test
    void shouldRefuseAHugeBodyAndHugeHeaders() throws Exception {
        var body = HttpRequest.newBuilder(uri("/echo")).POST(BodyPublishers.ofString("x".repeat(100_000)));
        var header = HttpRequest.newBuilder(uri("/echo")).header("X-Big", "x".repeat(30_000));

        assertThat(client.send(body.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
        assertThat(client.send(header.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(431);
        assertThat(get("/echo?name=ok").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayWhenToComeBackWhenBusy() throws Exception {
        var answer = get("/busy");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("the queue is full");
    }

    @Test
    void shouldNotTellAClientWhatBroke() throws Exception {
        var answer = get("/broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret detail");
    }

    @Test
    void shouldAnswerAnUnknownPathInTheOneForm() throws Exception {
        var answer = get("/nowhere");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("no such path: /nowhere\n");
    }

    @ParameterizedTest
    @CsvSource({
        "Host: localhost, 200",
        "Host: 127.0.0.1:8888, 200",
        "Host: evil.example, 403",
        "Host: 127.0.0.1.evil.example, 403",
        "Host: localhost.evil.example, 403",
        "Host: [::1]:8888, 200",
        "Host: 127.1.2.3, 200",
        "Origin: http://localhost, 200",
        "Origin: http://localhost:3000, 403",
        "Origin: null, 403",
        "Referer: http://evil.example/page, 403",
        "Sec-Fetch-Site: cross-site, 403",
        "Sec-Fetch-Site: same-origin, 200",
    })
    void shouldGuardAdminPathsAgainstForeignPagesOnLoopback(String header, int status) throws Exception {
        var host = header.startsWith("Host:") ? "" : "Host: localhost\r\n";

        var answer = raw("GET /admin HTTP/1.1\r\n" + host + header + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "GARBAGE, 400",
        "GET / HTTP/9.9, 501",
        "GET /echo?name=%zz HTTP/1.1, 400",
        "GET /echo HTTP/1.1|no colon, 400",
        "POST /echo HTTP/1.1|Content-Length: -1, 400",
        "GET /echo?LONG HTTP/1.1, 414",
        "GET /echo HTTP/1.1|X-Long: LONG|X-Longer: LONG|X-Longest: LONG, 431",
        "POST /echo HTTP/1.1|Content-Length: 65537, 413",
        "DELETE /busy HTTP/1.1, 405",
    })
    void shouldRefuseWhatIsMalformedOrTooLarge(String request, int status) throws Exception {
        var lines = request.replace("LONG", "x".repeat(8_200)).replace("|", "\r\n");

        var answer = raw(lines + "\r\nHost: localhost\r\nConnection: close\r\n\r\n" + "x".repeat(100));

        assertThat(answer).containsPattern("\\AHTTP/[0-9.]+ " + status);
        assertThat(get("/echo?name=a&count=1").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseABodyThatGrowsTooLargeWithoutALength() throws Exception {
        var chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";

        var answer = raw("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n" + chunk.repeat(9) + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("send at most 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /echo?name=a HTTP/1.1\r\nX-Slow: ",
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n",
            })
    void shouldCloseAConnectionThatTakesTooLongToSendARequest(String beginning) throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));

            await().until(() -> !drip(socket));
        }
        await().untilAsserted(() -> assertThat(limit.open()).isZero());
    }

    @Test
    void shouldLeaveAConnectionAloneWhileItsAnswerIsMade() throws Exception {
        var answer = get("/slow");

        assertThat(answer.body()).isEqualTo("slow");
    }

    @Test
    void shouldEndIntakeAndFinishWhatIsUnderWayWhenItStops() throws Exception {
        var slow = client.sendAsync(HttpRequest.newBuilder(uri("/slow")).build(), BodyHandlers.ofString());
        await().until(() -> limit.open() == 1);

        vertx.undeploy(deployment).await(30, TimeUnit.SECONDS);

        assertThat(slow.get().body()).isEqualTo("slow");
        assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(ConnectException.class);
    }

    /** Sends one more byte; false when the server has closed the connection. */
    private static boolean drip(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            socket.setSoTimeout(20);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException stillOpen) {
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void shouldCloseConnectionsBeyondTheLimitAndServeTheOthers() throws Exception {
        try (var first = new Socket("127.0.0.1", port);
                var second = new Socket("127.0.0.1", port);
                var third = new Socket("127.0.0.1", port)) {
            assertThat(exchange(first)).startsWith("HTTP/1.1 200");
            assertThat(exchange(second)).startsWith("HTTP/1.1 200");
            assertThat(exchange(third)).startsWith("HTTP/1.1 200");

            try (var fourth = new Socket("127.0.0.1", port)) {
                assertThat(fourth.getInputStream().read()).isEqualTo(-1);
            }

            assertThat(refused).hasValue(1);
            assertThat(exchange(first)).startsWith("HTTP/1.1 200");
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String exchange(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /echo?name=a HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var buffer = new byte[4096];
        int read = socket.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(0, read), StandardCharsets.US_ASCII);
    }
}
