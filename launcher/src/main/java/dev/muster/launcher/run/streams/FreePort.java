package dev.muster.launcher.run.streams;

import dev.muster.launcher.command.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of this machine's loopback that nobody listens on. */
final class FreePort {
    private FreePort() {}

    /**
     * Finds one. Nobody keeps it from being taken meanwhile; who then listens on it says so.
     *
     * @throws StartException when there is none
     */
    static int find() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartException("no free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }
}
