package dev.muster.blocks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that want the server's memory or time: they read nothing, go away, or flood it. */
class GreedyClientsTest {
    private static final String ENDLESS = "/blocks?size=1000000&n=1000000&periodMS=0";
    private static final long MEGABYTE = 1 << 20;
    private static final int MOST_FRAMES = 3_000_000;

    private int stream = 1;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldHoldLittleForClientsThatDoNotReadAndNothingWhenTheyHaveGone(boolean tls) throws Exception {
        try (var server = RunningBlocks.start()) {
            holdsLittle(server, tls, 20, 1, socket -> BlocksServerTest.ask(socket, ENDLESS));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldHoldLittleForManyStreamsOfOneConnectionThatNobodyReads(boolean tls) throws Exception {
        try (var server = RunningBlocks.start()) {
            holdsLittle(server, tls, 10, 10, socket -> {
                var out = RawHttp2.begin(socket, RawHttp2.WIDEST_WINDOWS);
                for (int i = 0; i < 10; i++) {
                    out.write(RawHttp2.request(2 * i + 1, ENDLESS));
                }
                out.flush();
            });
        }
    }

    private interface Greed {
        void begin(Socket socket) throws Exception;
    }

    private static void holdsLittle(RunningBlocks server, boolean tls, long clients, int streams, Greed greed)
            throws Exception {
        try (var warm = connect(server, tls, "http/1.1")) {
            BlocksServerTest.ask(warm, "/blocks?size=1000000&n=1&periodMS=0");
            assertThat(warm.getInputStream().read()).isEqualTo('H');
        }
        await().atMost(20, SECONDS).until(() -> server.value("server_connections") == 0);
        long before = directBytes();
        long pooledBefore = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
        long abortedBefore = server.value("server_aborted");
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < clients; i++) {
            var socket = connect(server, tls, streams == 1 ? "http/1.1" : "h2");
            greed.begin(socket);
            sockets.add(socket);
        }

        await().atMost(20, SECONDS).until(() -> server.value("server_streams") == clients * streams);
        long sent = settled(server);

        // Some MB are in the kernel; the queue of a connection holds slices of static buffers, which take no memory.
        assertThat(sent / clients).isLessThan(32 * MEGABYTE);
        assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() - pooledBefore)
                .isLessThan(3 * clients * MEGABYTE);
        assertThat(directBytes() - before).isLessThan(4 * clients * MEGABYTE);

        for (var socket : sockets) {
            socket.close();
        }

        await().atMost(30, SECONDS).until(() -> server.value("server_streams") == 0);
        await().atMost(30, SECONDS).until(() -> PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() <= pooledBefore);
        assertThat(server.value("server_connections")).isZero();
        // 1 more for the first one where TLS ends before its answer has gone
        assertThat(server.value("server_aborted") - abortedBefore).isBetween(clients * streams, clients * streams + 1L);
    }

    @Test
    void shouldEndAConnectionThatOpensAndResetsStreamsAllTheTime() throws Exception {
        try (var server = RunningBlocks.start();
                var socket = new Socket("127.0.0.1", server.plain().getPort())) {
            var out = RawHttp2.begin(socket, RawHttp2.NOTHING);

            assertThat(flooded(socket, out, this::reset)).isTrue();

            await().atMost(20, SECONDS).until(() -> server.value("server_connections") == 0);
            assertThat(server.value("server_streams")).isZero();
            assertThat(server.value("server_downloads")).isLessThan(1_000);
        }
    }

    @Test
    void shouldEndAConnectionThatSendsSettingsAndReadsNoAnswer() throws Exception {
        try (var server = RunningBlocks.start();
                var socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("127.0.0.1", server.plain().getPort()));
            var out = RawHttp2.begin(socket, RawHttp2.NOTHING);
            var settings = RawHttp2.frame(RawHttp2.SETTINGS, 0, 0, new byte[6]);

            assertThat(flooded(socket, out, () -> settings)).isTrue();

            await().atMost(20, SECONDS).until(() -> server.value("server_connections") == 0);
        }
    }

    @Test
    void shouldRefuseMoreStreamsThanOneConnectionMayHave() throws Exception {
        try (var server = RunningBlocks.start("--blocks-max-streams=3");
                var socket = new Socket("127.0.0.1", server.plain().getPort())) {
            var out = RawHttp2.begin(socket, RawHttp2.NOTHING);

            for (int stream = 1; stream < 21; stream += 2) {
                out.write(RawHttp2.request(stream, "/blocks"));
            }
            out.flush();

            await().atMost(20, SECONDS).until(() -> server.value("server_streams") == 3);
            assertThat(server.value("server_downloads")).isEqualTo(3);
        }
    }

    private interface Flood {
        byte[] next() throws IOException;
    }

    /** Sends until the server has had enough; false when it never has. */
    private static boolean flooded(Socket socket, OutputStream out, Flood flood) throws IOException {
        socket.setSoTimeout(20_000);
        try {
            for (int i = 0; i < MOST_FRAMES; i++) {
                out.write(flood.next());
            }
            out.flush();
            return false;
        } catch (SocketException closed) {
            return true;
        }
    }

    private byte[] reset() throws IOException {
        var both = new ByteArrayOutputStream();
        both.write(RawHttp2.request(stream, "/blocks"));
        both.write(RawHttp2.frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
        stream += 2;
        return both.toByteArray();
    }

    private static Socket connect(RunningBlocks server, boolean tls, String protocol) throws Exception {
        if (!tls) {
            return new Socket("127.0.0.1", server.plain().getPort());
        }
        var port = server.tls().getPort();
        var socket = (SSLSocket) Trusting.context().getSocketFactory().createSocket("127.0.0.1", port);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** What the server has handed to its connections when it hands over nothing more. */
    private static long settled(RunningBlocks server) {
        var last = new long[] {-1, -1, -1};
        await().atMost(30, SECONDS).pollInterval(Duration.ofMillis(200)).until(() -> {
            last[0] = last[1];
            last[1] = last[2];
            last[2] = server.value("server_sent_bytes");
            return last[0] == last[2] && last[2] > 0;
        });
        return last[2];
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
