package dev.muster.blocks;

import dev.muster.bus.BlocksLoadDone;
import io.vertx.core.http.HttpClientConnection;

/** What a connection speaks, as a result tells it. */
final class PathTold {
    private PathTold() {}

    static BlocksLoadDone.Path of(HttpClientConnection connection, Setup setup, Tls tls) {
        var session = connection.isSsl() ? connection.sslSession() : null;
        var server = setup.http11() ? null : connection.remoteSettings();
        return new BlocksLoadDone.Path(
                setup.http11() ? "HTTP/1.1" : "HTTP/2",
                session == null ? "" : session.getProtocol(),
                session == null ? "" : session.getCipherSuite(),
                session == null ? "" : tls.name(),
                setup.connections(),
                setup.http11() ? 1 : (int) Math.min(setup.threads(), connection.maxActiveStreams()),
                setup.http11() ? 0 : setup.window(),
                server == null ? 0 : server.getInitialWindowSize(),
                setup.http11() ? 0 : setup.frame(),
                server == null ? 0 : server.getMaxFrameSize());
    }
}
