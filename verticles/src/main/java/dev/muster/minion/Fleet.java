package dev.muster.minion;

import java.util.Arrays;

/**
 * The state of all virtual minions of this process, in arrays: some 20 bytes for each, and no object. A minion is its
 * number, from 0. For the event loop, but for {@link #intend}.
 */
final class Fleet {
    private static final Phase[] PHASES = Phase.values();
    private static final int NO_ERROR = -1;

    /** Where a minion is in its life. */
    enum Phase {
        /** Its instant has not come. */
        BEFORE,
        /** The master has not acknowledged it yet. Goes on to POLLING or REJECTED. */
        REGISTERING,
        /** The master will never take it. The end. */
        REJECTED,
        /** Acknowledged, with nothing to do. Goes on to WORKING when it is given a task. */
        POLLING,
        /** Does a task. Goes on to REPORTING. */
        WORKING,
        /** The master has not acknowledged its report yet. Goes on to POLLING. */
        REPORTING
    }

    private final byte[] phases;
    private final long[] began;
    private final int[] tries;
    private final int[] errorMicros;

    Fleet(int size) {
        phases = new byte[size];
        began = new long[size];
        tries = new int[size];
        errorMicros = new int[size];
        Arrays.fill(errorMicros, NO_ERROR);
    }

    int size() {
        return phases.length;
    }

    /** Notes when a minion is to begin. Another thread may call this, before it publishes the minion to the event loop. */
    void intend(int minion, long nanoTime) {
        began[minion] = nanoTime;
    }

    Phase phase(int minion) {
        return PHASES[phases[minion]];
    }

    /** A new phase begins, with no tries yet. */
    @SuppressWarnings("EnumOrdinal") // never leaves this array
    void enter(int minion, Phase phase) {
        phases[minion] = (byte) phase.ordinal();
        tries[minion] = 0;
    }

    /** When the minion was to begin, of {@link System#nanoTime}. */
    long began(int minion) {
        return began[minion];
    }

    /** Counts one more request of this phase. */
    int tryAgain(int minion) {
        return ++tries[minion];
    }

    int tries(int minion) {
        return tries[minion];
    }

    /** Notes how wrong the minion's stated age may have been, until the master was told. */
    void owesError(int minion, long nanos) {
        errorMicros[minion] = (int) Math.min(nanos / 1_000, Integer.MAX_VALUE);
    }

    /** What {@link #owesError} noted; negative when there is nothing to tell. */
    int errorMicros(int minion) {
        return errorMicros[minion];
    }

    void toldError(int minion) {
        errorMicros[minion] = NO_ERROR;
    }
}
