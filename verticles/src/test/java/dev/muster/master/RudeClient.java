package dev.muster.master;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection that is written to by hand, as no client library would. */
final class RudeClient implements AutoCloseable {
    private final Socket socket;

    RudeClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
    }

    RudeClient say(String words) throws IOException {
        socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** All that the server answers until it closes the connection, which it may do in the middle of our words. */
    String hear() throws IOException {
        socket.setSoTimeout(30_000);
        var heard = new StringBuilder();
        var buffer = new byte[8192];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                heard.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException silent) {
            throw new IOException("neither answered nor closed after 30 s, but: " + heard, silent);
        } catch (IOException reset) {
            return heard.toString();
        }
        return heard.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
