package dev.muster.blocks;

import dev.muster.bus.BlocksLoad;
import java.util.SplittableRandom;

/**
 * The blocks of one request: how long each is, how many there are, and one each period on a schedule that begins with the
 * first.
 *
 * @param size bytes of a block, from {@link #LEAST_SIZE}: it begins with A and ends with Z
 * @param count blocks
 * @param periodNanos 0: as fast as it goes
 */
record Plan(long size, long count, long periodNanos) {
    static final long LEAST_SIZE = 2;
    static final long MOST_SIZE = 1L << 30;
    static final long MOST_BLOCKS = 1_000_000_000;
    static final long MOST_PERIOD_MILLIS = 60_000;

    /** What a request without parameters gets, as the original. */
    static final Plan ORIGINAL = new Plan(500, 2001, 10_000_000);

    private static final double NANOS_PER_MILLI = 1e6;

    /** The next request of a load: exactly N blocks, or as the original from N to 2N - 1 of them, each equally likely. */
    static Plan next(BlocksLoad load, SplittableRandom random) {
        long least = load.perRequest();
        return new Plan(
                load.size(), load.fixed() ? least : least + random.nextLong(least), load.periodMicros() * 1_000);
    }

    /** Bytes of all blocks. */
    long total() {
        return size * count;
    }

    /** When the last block is due after the first. */
    long durationNanos() {
        return (count - 1) * periodNanos;
    }

    boolean isPaced() {
        return periodNanos > 0;
    }

    /** The path and query that ask a server for it. */
    String uri() {
        var period = periodNanos % 1_000_000 == 0
                ? String.valueOf(periodNanos / 1_000_000)
                : String.valueOf(periodNanos / NANOS_PER_MILLI);
        return "/blocks?size=" + size + "&n=" + count + "&periodMS=" + period;
    }
}
