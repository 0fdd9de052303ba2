package dev.muster.testing;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A way to a server on loopback that a test can cut, and mend again. */
public final class Cable implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final List<NetSocket> open = new CopyOnWriteArrayList<>();
    private final NetServer server;
    private volatile boolean cut;

    /** To a port of this machine. */
    public Cable(int target) throws TimeoutException {
        var client = vertx.createNetClient();
        server = vertx.createNetServer()
                .connectHandler(near -> {
                    if (cut) {
                        near.close();
                        return;
                    }
                    near.pause();
                    client.connect(target, "127.0.0.1").onComplete(far -> join(near, far), cause -> near.close());
                })
                .listen(0, "127.0.0.1")
                .await(30, TimeUnit.SECONDS);
    }

    private void join(NetSocket near, NetSocket far) {
        open.add(near);
        open.add(far);
        near.pipeTo(far);
        far.pipeTo(near);
    }

    /** Connections that are open. */
    public int connections() {
        return open.size();
    }

    /** Where it begins. */
    public int port() {
        return server.actualPort();
    }

    /** Ends all connections, and lets none be made. */
    public void cut() {
        cut = true;
        open.forEach(NetSocket::close);
        open.clear();
    }

    /** Passes nothing on any more, and tells neither side. */
    public void stall() {
        open.forEach(NetSocket::pause);
    }

    /** Lets connections be made again. */
    public void mend() {
        cut = false;
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
