package dev.muster.launcher.roles;

import dev.muster.launcher.command.StartException;
import dev.muster.launcher.options.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/** Tells which of some ports can't be listened on, with the option to change: before anything is started. */
final class PortGuard {
    private final InetAddress address;
    private final Options options;

    /**
     * @param address that the servers listen on
     * @param options with the ports' values
     */
    PortGuard(InetAddress address, Options options) {
        this.address = address;
        this.options = options;
    }

    /**
     * Tries each port for a moment.
     *
     * @param portOptions names of options that apply
     * @throws StartException when something else listens on some, or this user may not listen on them
     */
    void check(List<String> portOptions) {
        var problems = portOptions.stream()
                .filter(option -> options.number(option) != 0)
                .flatMap(option -> problem(option, options.number(option)).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new StartException(String.join("; ", problems), null);
        }
    }

    private Optional<String> problem(String option, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // connections of an earlier process may linger; only a listener is in the way
            socket.bind(new InetSocketAddress(address, port));
            return Optional.empty();
        } catch (IOException e) {
            var reason = String.valueOf(e.getMessage());
            var fix = reason.contains("assign")
                    ? "give an address of this machine with --bind-address=ADDRESS"
                    : "choose another port with " + option + "=PORT";
            return Optional.of(
                    "can't listen on " + address.getHostAddress() + ":" + port + " (" + reason + "); " + fix);
        }
    }
}
