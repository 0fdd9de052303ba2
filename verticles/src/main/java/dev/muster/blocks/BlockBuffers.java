package dev.muster.blocks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the bytes of all blocks come from: static direct buffers that are sliced, never copied and never written again.
 * A block from {@link #LARGE} on is made of slices of one buffer of A, filling and Z. Of smaller ones a buffer holds as
 * many as fit, so that an unpaced stream of them is written in large pieces; the sizes last used keep theirs.
 *
 * <p>The memory is the garbage collector's: it is freed when no slice of it is queued any more. For one event loop.
 */
final class BlockBuffers {
    /** The largest piece that is written at once. */
    static final int PIECE = 1 << 18;

    /** Where blocks begin to be large enough to be worth a piece of their own. */
    static final int LARGE = 1 << 16;

    private static final int SIZES_KEPT = 8;
    private static final byte FILLING = 'm';

    private final ByteBuf one;
    /** By size, those used last at the end. */
    private final Map<Integer, Buffer> runs = new LinkedHashMap<>();

    /** The one large buffer is shared by all event loops of a process: nobody writes to it. */
    static final class Shared {
        private final ByteBuffer memory = blocks(PIECE, 1);
    }

    BlockBuffers(Shared shared) {
        one = Unpooled.wrappedBuffer(shared.memory.asReadOnlyBuffer());
    }

    /** How many blocks of this size, which is not large, one piece holds. */
    static int blocksPerRun(int size) {
        return Math.max(1, PIECE / size);
    }

    /** So many whole blocks of a size that is not large; no more than {@link #blocksPerRun}. */
    Buffer run(int size, int blocks) {
        var kept = runs.remove(size);
        var run = kept == null ? make(size) : kept;
        runs.put(size, run);
        return run.slice(0, size * blocks);
    }

    private Buffer make(int size) {
        if (runs.size() == SIZES_KEPT) {
            runs.remove(runs.keySet().iterator().next());
        }
        return BufferInternal.buffer(Unpooled.wrappedBuffer(blocks(size, blocksPerRun(size))));
    }

    /**
     * The next piece of a large block.
     *
     * @param offset how much of the block has gone
     * @param size of the block
     */
    Buffer piece(long offset, long size) {
        long left = size - offset;
        if (offset == 0) {
            return left == PIECE ? slice(0, PIECE) : slice(0, (int) Math.min(left - 1, PIECE - 1));
        }
        return left < PIECE ? slice((int) (PIECE - left), (int) left) : slice(1, (int) Math.min(left - 1, PIECE - 2));
    }

    private Buffer slice(int from, int length) {
        return BufferInternal.buffer(one.slice(from, length));
    }

    private static ByteBuffer blocks(int size, int count) {
        var block = new byte[size];
        Arrays.fill(block, FILLING);
        block[0] = 'A';
        block[size - 1] = 'Z';
        var memory = ByteBuffer.allocateDirect(size * count);
        for (int i = 0; i < count; i++) {
            memory.put(block);
        }
        return memory.flip();
    }
}
