package dev.muster.blocks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.BlocksLoad;
import dev.muster.bus.BlocksLoadDone;
import dev.muster.bus.Credential;
import io.vertx.core.eventbus.ReplyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against real servers, mostly Muster's own. */
class BlocksClientTest {
    @ParameterizedTest
    @CsvSource({"true, 2", "true, 1.1", "false, 2", "false, 1.1"})
    @Tag("smoke")
    void shouldDownloadAndCheckBlocksOnEveryProtocol(boolean tls, String http) throws Exception {
        try (var server = RunningBlocks.start();
                var client = client(server, tls, "--blocks-http=" + http)) {
            var done = load(client, false, 1000, 0, null);

            assertThat(done.completed()).isPositive();
            assertThat(done.failed()).isZero();
            assertThat(done.path().protocol()).isEqualTo("HTTP/" + http);
            assertThat(done.path().tls()).isEqualTo(tls ? "TLSv1.3" : "");
            assertThat(client.value("client_blocks_malformed")).isZero();
            assertThat(client.samples("client_first_byte")).isGreaterThanOrEqualTo(done.completed());
            assertThat(client.samples("client_total")).isEqualTo(done.completed());
            assertThat(client.value("client_received_bytes")).isGreaterThanOrEqualTo(done.completed() * 1000 * 20);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldUploadWhatTheServerFindsWhole(boolean tls) throws Exception {
        try (var server = RunningBlocks.start();
                var client = client(server, tls)) {
            var done = load(client, true, 100_000, 0, null);

            assertThat(done.completed()).isPositive();
            assertThat(done.failed()).isZero();
            assertThat(server.value("server_blocks_malformed")).isZero();
            assertThat(server.value("server_blocks_received")).isGreaterThanOrEqualTo(done.completed() * 20);
            assertThat(server.value("server_received_bytes")).isLessThanOrEqualTo(done.bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepTheScheduleOfEveryStreamAndTellItsLateness(boolean upload) throws Exception {
        try (var server = RunningBlocks.start();
                var client = client(server, true, "--blocks-threads=10")) {
            var done = load(client, upload, 500, 2_000, null);

            assertThat(done.completed()).isGreaterThanOrEqualTo(10);
            var sender = upload ? client : server;
            var receiver = upload ? server : client;
            var sent = upload ? "client_send_lateness" : "server_send_lateness";
            var arrived = upload ? "server_arrival_lateness" : "client_arrival_lateness";
            assertThat(sender.samples(sent)).isGreaterThanOrEqualTo(done.completed() * 20);
            // the first block of each request begins the receiver's schedule
            assertThat(receiver.samples(arrived)).isGreaterThanOrEqualTo(done.completed() * 19);
        }
    }

    @Test
    void shouldBeginRequestsOfAnOpenLoopAtItsRateOverAllConnections() throws Exception {
        try (var server = RunningBlocks.start();
                var client = client(server, true, "--blocks-connections=4", "--blocks-threads=100")) {
            var done = load(client, false, 500, 0, 200.0);

            // 2 s at 200 a second, the first at once; some may be cut off at the end
            long begun = client.value("client_requests");
            assertThat(begun + client.value("client_dropped")).isBetween(390L, 401L);
            assertThat(done.failed()).isZero();
            assertThat(server.value("server_connections")).isEqualTo(4);
        }
    }

    @Test
    void shouldCutOffWhatIsUnderWayWhenItsTimeIsOver() throws Exception {
        try (var server = RunningBlocks.start();
                var client = client(server, true, "--blocks-threads=3")) {
            var done = load(client, false, 500, 1_000_000, null);

            assertThat(done.completed()).isZero();
            assertThat(done.cut()).isEqualTo(3);
            await().atMost(20, SECONDS).until(() -> server.value("server_streams") == 0);
            assertThat(server.value("server_aborted")).isEqualTo(3);
        }
    }

    @Test
    void shouldCountRefusalsAsFailuresWithoutFloodingTheServer() throws Exception {
        try (var server = RunningBlocks.start("--blocks-max-bytes=100");
                var client = client(server, true)) {
            var done = load(client, false, 500, 0, null);

            // one at a time, with a rest of 100 ms after each
            assertThat(done.failed()).isBetween(1L, 20L);
            assertThat(done.completed()).isZero();
            assertThat(client.samples("client_total")).isZero();
        }
    }

    @Test
    void shouldConnectAgainWhenTheServerComesBack() throws Exception {
        var server = RunningBlocks.start();
        int port = server.tls().getPort();
        try (var client = client(server, true, "--blocks-period=0s", "--blocks-duration=60s")) {
            await().atMost(20, SECONDS).until(() -> client.value("client_completed") > 0);

            server.close();
            await().atMost(20, SECONDS).until(() -> client.value("client_connections_failed") > 0);
            long before = client.value("client_completed");
            try (var again = RunningBlocks.start("--blocks-port=" + port)) {
                await().atMost(30, SECONDS).until(() -> client.value("client_completed") > before);

                assertThat(again.value("server_downloads")).isPositive();
            }
            assertThat(client.value("client_connections_lost")).isPositive();
        }
    }

    @Test
    void shouldServeWhileItIsAClientToo() throws Exception {
        try (var server = RunningBlocks.start();
                var both = client(server, true);
                var third = client(both, true)) {
            assertThat(load(both, false, 500, 0, null).completed()).isPositive();
            assertThat(load(third, false, 500, 0, null).completed()).isPositive();
        }
    }

    @Test
    void shouldTakeNoLoadWithoutTheAdminTokenOrTwice() throws Exception {
        try (var server = RunningBlocks.start();
                var client = client(server, true)) {
            await().atMost(20, SECONDS)
                    .until(() -> client.node.readiness().pending().isEmpty());
            var first = client.vertx.eventBus().request(Addresses.BLOCKS_LOAD, of(false, 500, 0, null));

            assertThatThrownBy(() -> client.vertx
                            .eventBus()
                            .request(Addresses.BLOCKS_LOAD, of(false, 500, 0, null))
                            .await(20, TimeUnit.SECONDS))
                    .isInstanceOf(ReplyException.class)
                    .hasMessage("another load is under way");
            first.await(20, TimeUnit.SECONDS);
        }
    }

    private static RunningBlocks client(RunningBlocks server, boolean tls, String... more) throws Exception {
        var given = new ArrayList<>(List.of(
                "--blocks-base-url=" + (tls ? server.tls() : server.plain()), "--blocks-insecure", "--blocks-fixed"));
        given.addAll(List.of(more));
        if (given.stream().noneMatch(option -> option.startsWith("--blocks-duration"))) {
            given.add("--blocks-hold");
        }
        return RunningBlocks.start(given.toArray(String[]::new));
    }

    private static BlocksLoad of(boolean upload, long size, long periodMicros, @Nullable Double rate) {
        return new BlocksLoad(Credential.NONE, upload, size, periodMicros, 20, true, 2_000, rate);
    }

    private static BlocksLoadDone load(
            RunningBlocks client, boolean upload, long size, long periodMicros, @Nullable Double rate)
            throws Exception {
        await().atMost(20, SECONDS)
                .until(() -> client.node.readiness().pending().isEmpty());
        return client.vertx
                .eventBus()
                .<BlocksLoadDone>request(Addresses.BLOCKS_LOAD, of(upload, size, periodMicros, rate))
                .await(30, TimeUnit.SECONDS)
                .body();
    }
}
