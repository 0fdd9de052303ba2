package dev.muster.blocks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The server as clients that are not Muster's see it. */
class BlocksServerTest {
    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    @Tag("smoke")
    void shouldStreamTheBlocksThatWereAskedForOverTls(HttpClient.Version version) throws Exception {
        try (var server = RunningBlocks.start()) {
            var client = Trusting.client(version);

            var answer = get(client, server.tls(), "/blocks?size=6&n=4&periodMS=1");

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).isEqualTo("AmmmmZ".repeat(4));
            assertThat(answer.headers().firstValue("content-length")).hasValue("24");
        }
    }

    @Test
    void shouldSendTheOriginalsBlocksWhenNothingElseIsAskedForThanTheirPeriod() throws Exception {
        try (var server = RunningBlocks.start()) {
            var body = get(Trusting.client(HttpClient.Version.HTTP_2), server.tls(), "/blocks?periodMS=0")
                    .body();

            assertThat(body).hasSize(500 * 2001).startsWith("Ammm").endsWith("mmmZ");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void shouldCountAndCheckWhatIsSentToIt(HttpClient.Version version) throws Exception {
        try (var server = RunningBlocks.start()) {
            var client = Trusting.client(version);
            var body = "AmZ" + "AmZ" + "xmZ";

            var answer = client.send(
                    HttpRequest.newBuilder(server.tls().resolve("/blocks?size=3&n=3&periodMS=0"))
                            .header("Accept", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.body()).contains("\"bytes\":9", "\"blocks\":3", "\"malformed\":1");
            assertThat(server.value("server_received_bytes")).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size=1                       | size must be a whole number from 2 to 1073741824, not '1'",
                "size=1073741825              | size must be a whole number from 2 to 1073741824, not '1073741825'",
                "n=0                          | n must be a whole number from 1 to 1000000000, not '0'",
                "n=x                          | n must be a whole number from 1 to 1000000000, not 'x'",
                "periodMS=-1                  | periodMS must be a number from 0 to 60000, not '-1'",
                "periodMS=NaN                 | periodMS must be a number from 0 to 60000, not 'NaN'",
                "size=1000&n=1001&periodMS=0  | size times n must be at most 1000000, not 1001000",
                "n=3&periodMS=2000            | n - 1 times periodMS must be at most 3000"
            })
    void shouldRefuseWhatIsOutOfRangeWithTheRange(String query, String told) throws Exception {
        try (var server = RunningBlocks.start("--blocks-max-bytes=1000000", "--blocks-max-duration=3s")) {
            var answer = get(Trusting.client(HttpClient.Version.HTTP_2), server.tls(), "/blocks?" + query);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(told);
        }
    }

    @Test
    void shouldRefuseABodyThatIsTooLongWhetherItSaysSoOrNot() throws Exception {
        try (var server = RunningBlocks.start("--blocks-max-bytes=1000")) {
            var client = Trusting.client(HttpClient.Version.HTTP_2);
            var said = HttpRequest.newBuilder(server.tls().resolve("/blocks"))
                    .POST(BodyPublishers.ofString("m".repeat(1001)))
                    .build();
            var unsaid = HttpRequest.newBuilder(server.tls().resolve("/blocks"))
                    .POST(BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream("m".repeat(1001).getBytes(StandardCharsets.US_ASCII))))
                    .build();

            assertThat(client.send(said, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
            assertThat(client.send(unsaid, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void shouldCutARequestThatTakesLongerThanAllowed() throws Exception {
        try (var server = RunningBlocks.start("--blocks-max-duration=1s");
                var socket = new Socket("127.0.0.1", server.plain().getPort())) {
            ask(socket, "/blocks?size=1000000000&n=1&periodMS=0");

            await().atMost(20, SECONDS).until(() -> server.value("server_expired") == 1);

            assertThat(server.value("server_streams")).isZero();
            assertThat(drained(socket.getInputStream())).isLessThan(1_000_000_000);
        }
    }

    @Test
    void shouldCloseAConnectionBeyondTheLimitAndServeTheOthers() throws Exception {
        try (var server = RunningBlocks.start("--blocks-max-connections=1");
                var first = new Socket("127.0.0.1", server.plain().getPort())) {
            ask(first, "/blocks?size=2&n=1&periodMS=0");
            assertThat(first.getInputStream().read()).isEqualTo('H');

            try (var second = new Socket("127.0.0.1", server.plain().getPort())) {
                second.setSoTimeout(20_000);
                ask(second, "/blocks?size=2&n=1&periodMS=0");
                assertThat(drained(second.getInputStream())).isZero();
            }

            assertThat(server.value("server_connections_refused")).isEqualTo(1);
            assertThat(server.value("server_connections")).isEqualTo(1);
        }
    }

    @Test
    void shouldCloseCleanlyWhenPlainHttpComesToTheTlsPort() throws Exception {
        try (var server = RunningBlocks.start();
                var socket = new Socket("127.0.0.1", server.tls().getPort())) {
            socket.setSoTimeout(20_000);
            ask(socket, "/blocks");

            drained(socket.getInputStream());

            await().atMost(20, SECONDS).until(() -> server.value("server_connections_broken") == 1);
            assertThat(server.value("server_connections")).isZero();
        }
    }

    static HttpResponse<String> get(HttpClient client, URI base, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString());
    }

    static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads to the end, and returns how many bytes there were. */
    static long drained(InputStream in) throws IOException {
        var buffer = new byte[1 << 16];
        long all = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            all += read;
        }
        return all;
    }
}
