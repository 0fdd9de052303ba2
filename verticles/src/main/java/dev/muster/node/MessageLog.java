package dev.muster.node;

import dev.muster.bus.Snapshot;
import io.vertx.core.eventbus.EventBus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each message that comes to this process over the bus, for {@code -v 5}. No message shows its admin token. */
public final class MessageLog {
    private static final Logger LOG = LoggerFactory.getLogger(MessageLog.class);
    private static final int MAX_BODY = 500;

    private MessageLog() {}

    /** Logs from now on, when the level is on; otherwise it costs nothing. */
    public static void attach(EventBus bus) {
        if (LOG.isTraceEnabled()) {
            bus.addInboundInterceptor(delivery -> {
                LOG.trace("event=message address={} body={}", delivery.message().address(), shown(delivery.body()));
                delivery.next();
            });
        }
    }

    /** A snapshot is told by its number: its histograms are thousands of bytes. */
    private static String shown(Object body) {
        if (body instanceof Snapshot snapshot) {
            return "Snapshot[instance=" + snapshot.instance() + ", sequence=" + snapshot.sequence() + "]";
        }
        var text = String.valueOf(body);
        return text.length() > MAX_BODY ? text.substring(0, MAX_BODY) + "..." : text;
    }
}
