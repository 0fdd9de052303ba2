package dev.muster.measure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts of magnitudes that one thread writes and another one reads, in the buckets of {@link Magnitudes}. Counts only
 * ever grow, and the reader remembers what it has seen: so there is nothing to lock, to swap or to clear, and blocks in
 * which nothing happened cost the reader one comparison.
 */
final class Tally {
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle BLOCKS = MethodHandles.arrayElementVarHandle(long[][].class);

    private final long[][] blocks = Magnitudes.untouched();
    /** How many samples fell into each block; written after the bucket, so that a reader who sees it sees that as well. */
    private final long[] written = new long[Magnitudes.BLOCKS];

    /** The reader's: what it has moved from each bucket, and from each block. */
    private final long[][] moved = Magnitudes.untouched();

    private final long[] movedInAll = new long[Magnitudes.BLOCKS];

    /** Takes one value in, from 0 up. For the writer. */
    void record(long value) {
        int bucket = Magnitudes.bucket(value);
        int block = bucket >>> Magnitudes.BLOCK_BITS;
        var counts = blocks[block];
        if (counts.length == 0) {
            counts = new long[Magnitudes.BLOCK];
            BLOCKS.setRelease(blocks, block, counts);
        }
        int i = bucket & (Magnitudes.BLOCK - 1);
        COUNTS.setOpaque(counts, i, counts[i] + 1);
        COUNTS.setRelease(written, block, written[block] + 1);
    }

    /** Moves what came since the last call. For the reader. */
    void drainTo(Magnitudes into) {
        for (int block = 0; block < Magnitudes.BLOCKS; block++) {
            if ((long) COUNTS.getAcquire(written, block) != movedInAll[block]) {
                move(block, into);
            }
        }
    }

    private void move(int block, Magnitudes into) {
        var counts = (long[]) BLOCKS.getAcquire(blocks, block);
        if (moved[block].length == 0) {
            moved[block] = new long[Magnitudes.BLOCK];
        }
        var before = moved[block];
        var to = into.touched(block);
        long news = 0;
        for (int i = 0; i < Magnitudes.BLOCK; i++) {
            long count = (long) COUNTS.getOpaque(counts, i);
            long more = count - before[i];
            if (more > 0) {
                to[i] += more;
                before[i] = count;
                news += more;
            }
        }
        into.counted(news);
        movedInAll[block] += news;
    }
}
