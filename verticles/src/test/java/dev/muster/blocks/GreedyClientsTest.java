package dev.muster.blocks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that want the server's memory or time: they read nothing, go away, or flood it. */
class GreedyClientsTest {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int HEADERS = 1;
    private static final long MEGABYTE = 1 << 20;
    private static final int MOST_FRAMES = 3_000_000;

    private int stream = 1;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldHoldLittleForClientsThatDoNotReadAndNothingWhenTheyHaveGone(boolean tls) throws Exception {
        try (var server = RunningBlocks.start()) {
            long clients = 20;
            try (var warm = connect(server, tls)) {
                BlocksServerTest.ask(warm, "/blocks?size=1000000&n=1&periodMS=0");
                assertThat(warm.getInputStream().read()).isEqualTo('H');
            }
            await().atMost(20, SECONDS).until(() -> server.value("server_connections") == 0);
            long before = directBytes();
            long pooledBefore = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
            var sockets = new ArrayList<Socket>();
            for (int i = 0; i < clients; i++) {
                var socket = connect(server, tls);
                BlocksServerTest.ask(socket, "/blocks?size=1000000&n=1000000&periodMS=0");
                sockets.add(socket);
            }

            await().atMost(20, SECONDS).until(() -> server.value("server_streams") == clients);
            long sent = settled(server);

            // Some MB are in the kernel; the queue of a connection holds slices of static buffers, which take no
            // memory.
            assertThat(sent / clients).isLessThan(32 * MEGABYTE);
            assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() - pooledBefore)
                    .isLessThan(3 * clients * MEGABYTE);
            assertThat(directBytes() - before).isLessThan(4 * clients * MEGABYTE);

            for (var socket : sockets) {
                socket.close();
            }

            await().atMost(30, SECONDS).until(() -> server.value("server_streams") == 0);
            await().atMost(30, SECONDS)
                    .until(() -> PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() <= pooledBefore);
            assertThat(server.value("server_connections")).isZero();
            // 1 for each, and 1 for the first one where TLS ends before its answer has gone
            assertThat(server.value("server_aborted")).isBetween(clients, clients + 1L);
        }
    }

    @Test
    void shouldEndAConnectionThatOpensAndResetsStreamsAllTheTime() throws Exception {
        try (var server = RunningBlocks.start();
                var socket = new Socket("127.0.0.1", server.plain().getPort())) {
            var out = begin(socket);

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
            var out = begin(socket);
            var settings = frame(SETTINGS, 0, 0, new byte[6]);

            assertThat(flooded(socket, out, () -> settings)).isTrue();

            await().atMost(20, SECONDS).until(() -> server.value("server_connections") == 0);
        }
    }

    @Test
    void shouldRefuseMoreStreamsThanOneConnectionMayHave() throws Exception {
        try (var server = RunningBlocks.start("--blocks-max-streams=3");
                var socket = new Socket("127.0.0.1", server.plain().getPort())) {
            var out = begin(socket);

            for (int stream = 1; stream < 21; stream += 2) {
                out.write(request(stream));
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
        both.write(request(stream));
        both.write(frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
        stream += 2;
        return both.toByteArray();
    }

    private static Socket connect(RunningBlocks server, boolean tls) throws Exception {
        return tls
                ? Trusting.context()
                        .getSocketFactory()
                        .createSocket("127.0.0.1", server.tls().getPort())
                : new Socket("127.0.0.1", server.plain().getPort());
    }

    private static OutputStream begin(Socket socket) throws IOException {
        var out = new BufferedOutputStream(socket.getOutputStream());
        out.write(PREFACE);
        out.write(frame(SETTINGS, 0, 0, new byte[0]));
        return out;
    }

    /** GET /blocks, with literal headers that need no table (RFC 7541, section 6.2.2). */
    private static byte[] request(int stream) throws IOException {
        var block = new ByteArrayOutputStream();
        for (var field : new String[][] {
            {":method", "GET"}, {":scheme", "http"}, {":path", "/blocks"}, {":authority", "localhost"}
        }) {
            block.write(0);
            for (var text : field) {
                block.write(text.length());
                block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return frame(HEADERS, 0x5, stream, block.toByteArray());
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(new byte[] {(byte) (payload.length >> 16), (byte) (payload.length >> 8), (byte) payload.length});
        frame.write(type);
        frame.write(flags);
        frame.write(new byte[] {(byte) (stream >> 24), (byte) (stream >> 16), (byte) (stream >> 8), (byte) stream});
        frame.write(payload);
        return frame.toByteArray();
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
