package dev.muster.launcher.kubernetes;

import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port on this machine's loopback that leads to one of a pod. */
public final class Tunnel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

    private final LocalPortForward forward;

    Tunnel(LocalPortForward forward) {
        this.forward = forward;
    }

    /** Where it begins, for HTTP. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + forward.getLocalPort());
    }

    @Override
    public void close() {
        try {
            forward.close();
        } catch (IOException e) {
            LOG.debug("event=tunnel_close_failed", e); // it ends with the process at the latest
        }
    }
}
