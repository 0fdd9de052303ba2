package dev.muster.blocks;

import dev.muster.measure.Recorder;
import io.vertx.core.buffer.Buffer;

/**
 * Reads a stream of blocks however it is cut into buffers: counts blocks, those that do not begin with A or end with Z,
 * and how late each paced one came, against a schedule that begins with the arrival of the first. A block that comes
 * earlier than that schedule has a negative lateness: the first one itself was late. For one event loop.
 */
final class BlockReader {
    private final Plan plan;
    private final Recorder lateness;
    private long offset;
    private long first;
    private long blocks;
    private long malformed;
    private long bytes;
    private boolean bad;

    /**
     * @param lateness takes nanoseconds, of a paced plan
     */
    BlockReader(Plan plan, Recorder lateness) {
        this.plan = plan;
        this.lateness = lateness;
    }

    /**
     * The next bytes have come.
     *
     * @param now of {@link System#nanoTime}
     */
    void read(Buffer data, long now) {
        int length = data.length();
        bytes += length;
        for (int i = 0; i < length; ) {
            if (offset == 0) {
                bad = data.getByte(i) != 'A';
            }
            int step = (int) Math.min(plan.size() - offset, length - i);
            offset += step;
            i += step;
            if (offset == plan.size()) {
                complete(data.getByte(i - 1), now);
            }
        }
    }

    /** The next bytes have come, of which nothing is known. */
    void count(Buffer data) {
        bytes += data.length();
    }

    private void complete(byte last, long now) {
        if (bad || last != 'Z') {
            malformed++;
        }
        if (plan.isPaced()) {
            if (blocks == 0) {
                first = now;
            } else {
                lateness.record(now - first - blocks * plan.periodNanos());
            }
        }
        blocks++;
        offset = 0;
    }

    /** Whole blocks so far, malformed ones included. */
    long blocks() {
        return blocks;
    }

    long malformed() {
        return malformed;
    }

    long bytes() {
        return bytes;
    }

    /** Whether exactly what was planned has come. */
    boolean isComplete() {
        return blocks == plan.count() && offset == 0;
    }
}
