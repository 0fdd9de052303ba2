package dev.muster.blocks;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** HTTP/2 as bytes (RFC 9113), for a client that does what no library would. */
final class RawHttp2 {
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int WINDOW_UPDATE = 8;

    static final byte[] NOTHING = frame(SETTINGS, 0, 0, new byte[0]);

    /** SETTINGS_INITIAL_WINDOW_SIZE, and the same for the connection, which has 65,535 bytes already. */
    static final byte[] WIDEST_WINDOWS = both(
            frame(
                    SETTINGS,
                    0,
                    0,
                    ByteBuffer.allocate(6)
                            .putShort((short) 4)
                            .putInt(Integer.MAX_VALUE)
                            .array()),
            frame(
                    WINDOW_UPDATE,
                    0,
                    0,
                    ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE - 65_535).array()));

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private RawHttp2() {}

    /** Begins a connection with some frames; nothing is sent before the stream is flushed. */
    static OutputStream begin(Socket socket, byte[] frames) throws IOException {
        var out = new BufferedOutputStream(socket.getOutputStream());
        out.write(PREFACE);
        out.write(frames);
        return out;
    }

    /** GET, with literal headers that need no table (RFC 7541, section 6.2.2). */
    static byte[] request(int stream, String path) {
        var block = new ByteArrayOutputStream();
        for (var field :
                new String[][] {{":method", "GET"}, {":scheme", "http"}, {":path", path}, {":authority", "localhost"}
                }) {
            block.write(0);
            for (var text : field) {
                block.write(text.length());
                block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return frame(HEADERS, 0x5, stream, block.toByteArray());
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private static byte[] both(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
