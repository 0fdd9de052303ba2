package dev.muster.blocks;

import dev.muster.measure.Recorder;
import io.netty.util.concurrent.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the blocks of one plan into a stream. It never writes into a full one, so that a reader who stops reading stops
 * it, at what the stream takes at a time. A paced plan keeps its absolute schedule: after a stall it catches up. For one
 * event loop.
 */
final class BlockWriter {
    /**
     * Bytes that may have been handed to the stream and not yet to the network. HTTP/1.1 over TLS encrypts all that it is
     * given, whether the peer reads or not, and the stream tells that it is full only afterwards.
     */
    private static final long MOST_UNSENT = 1 << 20;

    /** Of a stalled stream, told as late: a client may ask for a thousand million blocks, a nanosecond apart. */
    private static final long MOST_OVERDUE = 100_000;

    private final WriteStream<Buffer> sink;
    private final Plan plan;
    private final Tools tools;
    private final LongConsumer written;
    private @Nullable Future<?> alarm;
    private Runnable done = () -> {};
    private long start;
    private long block;
    private long offset;
    private long unsent;
    private boolean stalled;
    private boolean over;

    /**
     * What the writers of one event loop share.
     *
     * @param lateness takes for each paced block how long after its time it was handed to the stream, in nanoseconds; of
     *     one that was due and never was, how long until the stream was given up
     */
    record Tools(BlockBuffers buffers, LoopTimer timer, Recorder lateness) {}

    /**
     * @param written is told how many bytes were handed to the stream
     */
    BlockWriter(WriteStream<Buffer> sink, Plan plan, Tools tools, LongConsumer written) {
        this.sink = sink;
        this.plan = plan;
        this.tools = tools;
        this.written = written;
    }

    /**
     * Writes the first block and begins the schedule.
     *
     * @param whenDone runs when the last byte was handed over; the caller ends the stream
     */
    void start(Runnable whenDone) {
        done = whenDone;
        start = System.nanoTime();
        sink.drainHandler(drained -> write());
        write();
    }

    /** Nothing more is written. */
    void stop() {
        if (over) {
            return;
        }
        over = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
        if (plan.isPaced()) {
            tellOverdue();
        }
    }

    /**
     * Blocks that a stalled stream never took were late too: without them the worst stream looks like the best. The
     * first, latest ones of them, so that the event loop is held for milliseconds at most.
     */
    private void tellOverdue() {
        long now = System.nanoTime();
        long first = offset == 0 ? block : block + 1;
        long end = Math.min(plan.count(), first + MOST_OVERDUE);
        for (long next = first; next < end && now - due(next) >= 0; next++) {
            tools.lateness().record(now - due(next));
        }
    }

    private long due(long number) {
        return start + number * plan.periodNanos();
    }

    private void write() {
        if (over) {
            return;
        }
        if (plan.isPaced()) {
            writeDue();
        } else {
            writeAll();
        }
        if (!over && block == plan.count()) {
            stop();
            done.run();
        }
    }

    private void writeDue() {
        long now = System.nanoTime();
        while (mayWrite()) {
            if (offset == 0) {
                long late = now - due(block);
                if (late < 0) {
                    wakeAfter(-late);
                    return;
                }
                tools.lateness().record(late);
            }
            writePiece(1);
        }
    }

    private void wakeAfter(long nanos) {
        if (alarm == null) {
            alarm = tools.timer().after(nanos, () -> {
                alarm = null;
                write();
            });
        }
    }

    private void writeAll() {
        while (mayWrite()) {
            writePiece(plan.count() - block);
        }
    }

    private boolean mayWrite() {
        if (over || block == plan.count() || sink.writeQueueFull()) {
            return false;
        }
        stalled = unsent >= MOST_UNSENT;
        return !stalled;
    }

    /** Small blocks go whole, several at once where that is allowed; a large one goes in pieces. */
    private void writePiece(long mostBlocks) {
        if (plan.size() < BlockBuffers.LARGE) {
            int size = (int) plan.size();
            int blocks = (int) Math.min(mostBlocks, BlockBuffers.blocksPerRun(size));
            block += blocks;
            hand(tools.buffers().run(size, blocks));
            return;
        }
        var piece = tools.buffers().piece(offset, plan.size());
        offset += piece.length();
        if (offset == plan.size()) {
            offset = 0;
            block++;
        }
        hand(piece);
    }

    private void hand(Buffer piece) {
        int length = piece.length();
        unsent += length;
        written.accept(length);
        sink.write(piece).onComplete(sent -> {
            unsent -= length;
            if (sent.failed()) {
                stop(); // a stream that is closed is never full: only this tells it
            } else if (stalled && unsent < MOST_UNSENT) {
                stalled = false;
                write();
            }
        });
    }
}
