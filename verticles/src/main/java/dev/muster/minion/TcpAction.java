package dev.muster.minion;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import java.util.regex.Pattern;

/** Connects to HOST:PORT, and closes the connection. */
final class TcpAction implements Action {
    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([^\\[\\]/]+?)]?:([0-9]{1,5})");

    private final NetClient client;

    TcpAction(Vertx vertx) {
        this.client = vertx.createNetClient();
    }

    @Override
    public Future<String> perform(String spec, long timeoutMillis) {
        var address = HOST_AND_PORT.matcher(spec);
        if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
            return Future.failedFuture("the parameter must be HOST:PORT");
        }
        var options = new ConnectOptions()
                .setHost(address.group(1))
                .setPort(Integer.parseInt(address.group(2)))
                .setTimeout((int) timeoutMillis);
        return client.connect(options).map(socket -> {
            socket.close();
            return "connected to " + socket.remoteAddress();
        });
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
