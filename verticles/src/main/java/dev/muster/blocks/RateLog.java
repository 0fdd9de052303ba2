package dev.muster.blocks;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what the client has moved, and how fast since the last time, in the original's words. */
final class RateLog {
    private static final Logger LOG = LoggerFactory.getLogger(RateLog.class);

    private final List<BlocksClientVerticle.Crew> crews;
    private final boolean bothWays;
    private long time = System.nanoTime();
    private long sent;
    private long received;

    /**
     * @param crews whose bytes are counted
     * @param bothWays whether to tell the rates of both ways as well
     */
    RateLog(List<BlocksClientVerticle.Crew> crews, boolean bothWays) {
        this.crews = crews;
        this.bothWays = bothWays;
    }

    void write() {
        long now = System.nanoTime();
        double seconds = (now - time) / 1e9;
        long sentNow = sum(BlocksCounter.CLIENT_SENT);
        long receivedNow = sum(BlocksCounter.CLIENT_RECEIVED);
        long transmit = Math.round((sentNow - sent) / seconds);
        long receive = Math.round((receivedNow - received) / seconds);
        LOG.info("clientBytes = {}, {}/sec", sentNow + receivedNow, transmit + receive);
        if (bothWays) {
            LOG.info("transmit = {}/sec, receive = {}/sec", transmit, receive);
        }
        time = now;
        sent = sentNow;
        received = receivedNow;
    }

    private long sum(BlocksCounter counter) {
        return crews.stream().mapToLong(crew -> crew.worker().counted(counter)).sum();
    }
}
